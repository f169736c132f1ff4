// Without imports: on a Node that is too old nothing else would load far enough to say so.
const OLDEST = [20, 19];

/** Any Node that can run these scripts will do to begin: the one that runs the product comes by npm. */
export function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`✗ 需要 Node ${OLDEST.join(".")} 或更新版本,当前为 ${process.versions.node}。`);
  console.error(`  Node ${OLDEST.join(".")} or newer is needed to begin; this is ${process.versions.node}.`);
  process.exit(1);
}

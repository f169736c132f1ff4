/** A row with the fields that a patch gives. What the patch leaves out stays. */
export const patched = <Row extends object>(row: Row, patch: { [Field in keyof Row]?: Row[Field] | undefined }): Row =>
  ({ ...row, ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) });

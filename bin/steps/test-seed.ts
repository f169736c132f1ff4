import fc from "fast-check";

// What a property test tries is the same at every run, so that a red one is of what was changed; `npm run fuzz` tries others.
fc.configureGlobal({ seed: Number(process.env["TEST_SEED"] ?? 20_261_122) });

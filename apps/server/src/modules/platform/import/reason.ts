import { wordsFor } from "@shuke/api/words";
import type { FieldError } from "../../../kernel/problem.ts";
import type { RowReason } from "./import.schema.ts";

/** Why something of a row is not done. A code is said in the same words wherever it is told; `message` is for those that nobody has words for. */
export const reasonFor = (field: string | null, code: string, value: string | null = null, message = code): RowReason => ({ column: null, field, code, message: wordsFor("en", code) ?? message, value });

/** What a problem names. A tenant's own rule says in its own words what it asks for. */
export const reasonOf = ({ field, code, message }: FieldError): RowReason => reasonFor(field, code, code === "rule" ? message : null, message);

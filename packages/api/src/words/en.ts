/** Why a value that somebody typed is not taken: the codes in a problem's `errors`. */
export const fieldWords = {
  taken: "Is taken",
  unknown: "Does not exist",
  required: "Please fill this in",
  invalid: "Is not valid",
  invalid_format: "Is not in the right form",
  invalid_type: "Is of the wrong kind",
  invalid_value: "Is not one of the choices",
  too_small: "Is too small or too short",
  too_big: "Is too large or too long",
  repeated: "Is repeated",
  duplicate: "Is repeated",
  "too-many": "Too many",
  "too-far": "Is too far away",
  "out-of-order": "Is in the wrong order",
  "before-from": "Is before the first day",
  "below-issued": "Is below what was issued",
  "store-phone": "Is a store's phone",
  "made-up": "Does not look like a real number",
  "no-such-day": "There is no such day",
  "no-such-month": "There is no such leap month in that year",
  "lunar-only": "Is of the lunar calendar only",
  "out-of-range": "Is out of range",
  "over-card-limit": "Is above the limit of a named card",
  weak: "Is too easy to guess",
  wrong: "Is wrong",
  step: "Is not a multiple of the step",
  "read-only": "Is not yours to write",
  "not-mapped": "No column goes there",
};

/** Why an import leaves a row alone, where that is said another way than of a form. A value may stand behind it. */
export const rowWords = {
  // What a cell says.
  "not-a-date": "Is not a date", "incomplete-date": "Has no month and day: leave it empty where they are not known", "ambiguous-date": "Can be read in two ways: choose how dates are written", "in-the-future": "Lies in the future",
  "not-a-number": "Is not a number", "not-an-amount": "Is not an amount in yuan", "not-a-yes-or-no": "Is neither yes nor no", "unknown-option": "Is none of the options", "too-many": "Holds too many items", "too-long": "Is too long",
  "lost-digits": "Was shortened by a spreadsheet and has lost digits: make the column text and save it again", "cell-too-long": "Is longer than a cell may be", "unreadable-text": "Holds characters that cannot be read: check the encoding", required: "Must not be empty", custom: "Does not fit", rule: "Breaks a rule",
  // What a line is.
  "too-many-cells": "Has more cells than the header: are quotes missing?", "too-large": "Has too many columns", unreadable: "Cannot be read from this line on: a quote is open, or the file is damaged", repeated: "Is the same as a line above",
  "unknown-field": "There is no such field", "unknown-file": "There is no such file",
  // Whom it means.
  nobody: "Says neither a name nor a phone, card or number", placeholder: "Is what people type who have no number", shared: "Belongs to nobody: many share it, or it is blocked", "likely-same": "Has the name and birthday of a member", taken: "Belongs to another member",
  unknown: "Was not found", "unknown-member": "Is no member's number", "unknown-record": "Is the name or number of nothing that is there", "unknown-record-in-part": "Is the name or number of nothing that is there; of more than 10,000 rows, import those that others refer to first", "refused-row": "Refers to a row that is not imported", ambiguous: "Fits more than one: write a number that only one has", "not-known": "Is nobody known, and was left out as set",
  "not-active": "Has left or is leaving", "out-of-reach": "Is outside your stores", store: "Is outside your stores", duplicate: "Is taken by another record", circular: "Refers to itself in a circle",
  // What happened since.
  "changed-since-check": "Was changed since the check", "changed-since": "Was changed since the import", "taken-since": "Belongs to somebody else since the import", used: "Has orders or points since the import", gone: "Is gone", claimed: "Belongs to somebody by now", "referred-to": "Is referred to by other records",
  "in-terms": "Is named by an offer, a coupon or a rule for points",
};

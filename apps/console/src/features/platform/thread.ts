import type { ConsoleSchemas } from "@shuke/api";

export type Comment = ConsoleSchemas["Comment"];
export type ThreadComment = ConsoleSchemas["ThreadComment"];
export type Colleague = Comment["author"];

/** What is talked about. */
export interface Subject {
  kind: "member" | "order" | "record";
  id: string;
}

export const threadKey = ({ kind, id }: Subject) => ["/comments", kind, id] as const;
export const subjectQuery = ({ kind, id }: Subject) => ({ subjectKind: kind, subjectId: id });

/** Of the colleagues who were picked, those whose names are still in the text. */
export const mentionsIn = (text: string, picked: readonly Colleague[]): string[] => picked.filter((one) => text.includes(`@${one.name}`)).map((one) => one.id);

/** A text in pieces: words, and the names of those who are mentioned in it. */
export function piecesOf(text: string, mentions: readonly Colleague[]): { text: string; isName: boolean }[] {
  const names = mentions.map((one) => `@${one.name}`).toSorted((a, b) => b.length - a.length);
  const pieces: { text: string; isName: boolean }[] = [];
  for (let at = 0; at < text.length;) {
    const name = names.find((one) => text.startsWith(one, at));
    const last = pieces.at(-1);
    if (name) pieces.push({ text: name, isName: true });
    else if (last && !last.isName) last.text += text[at];
    else pieces.push({ text: text[at] ?? "", isName: false });
    at += name?.length ?? 1;
  }
  return pieces;
}

import { failureNotes } from "../../../db/schema/failures.ts";
import { newId } from "../../../kernel/ids.ts";
import type { TriageContext } from "../../context.ts";
import { type Actor, recordAudit } from "../../record-audit.ts";
import { lockGroup } from "../lock-group.ts";
import type { NoteView } from "./note-view.ts";

/**
 * Adds a note to a failure group, with an audit entry, which names the note and does not repeat it.
 * @throws WaybillError failure_not_found, failure_merged
 */
export async function addNote(
  { db, clock }: Pick<TriageContext, "db" | "clock">,
  { id, text, actor }: { readonly id: string; readonly text: string; readonly actor: Actor },
): Promise<NoteView> {
  return db.transaction(async (tx) => {
    await lockGroup(tx, id);
    const at = clock.now();
    const { keyId, keyName } = actor;
    const note = { id: newId("note", at), keyId, keyName, text };
    await tx.insert(failureNotes).values({ ...note, groupId: id, at });
    const entry = { action: "failure.note", fileId: null, idempotencyKey: null, reason: null } as const;
    const facts = { request: { groupId: id, noteId: note.id }, before: {}, after: {} };
    await recordAudit(tx, { ...entry, ...facts, actor }, at);
    return { ...note, at: at.toISOString() };
  });
}

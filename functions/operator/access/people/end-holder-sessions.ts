import type { PersonHolder } from '#shared/domain/access/access-person.ts'
import type { Actor } from '#shared/domain/access/actor.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Cursor } from '#shared/store/engine/engine.ts'
import { type AuditChangeDependencies, auditChange } from '#shared/workflows/access/audit-change.ts'

export type EndHolderSessionsDependencies = Pick<Dependencies, 'people'> & AuditChangeDependencies

/** Ends all sessions of everyone of a holder, and with `links` their sign-in links. Returns how many sessions were active. */
export async function endHolderSessions(
  holder: PersonHolder,
  { actor, links: isEndingLinks }: { actor: Actor; links: boolean },
  deps: EndHolderSessionsDependencies,
): Promise<number> {
  let ended = 0
  let after: Cursor | undefined
  do {
    const { rows, next } = await deps.people.list(holder, { limit: 100, ...(after && { after }) })
    for (const { person } of rows) ended += await endPersonSessions(person.personId)
    after = next
  } while (after)
  return ended

  async function endPersonSessions(personId: string): Promise<number> {
    const active = await deps.people.listActiveSessions(personId, deps.now())
    if (active.length === 0 && !isEndingLinks) return 0
    const record = { kind: 'people', id: personId }
    const audit = auditChange({ actor, action: 'session.ended', record }, deps)
    await deps.people.change(personId, (row) => ({
      row: { ...row, epoch: row.epoch + 1, links: isEndingLinks ? [] : row.links },
      also: [audit],
    }))
    return active.length
  }
}

import * as z from 'zod'
import { maxSessionsPerPerson, sessionLimits } from '../../domain/access/access-person.ts'
import { addHours, addSeconds } from '../../domain/time.ts'
import type { Engine, Write } from '../engine/engine.ts'
import { personSessionKey, personSessionUseKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import {
  buildSessionRemovalWrites,
  buildSessionWrite,
  type PersonRow,
  type PersonSession,
  personSession,
  toExpiry,
} from './people-rows.ts'

/** What a change of a person makes of its row, with the writes that belong to it; or why it is not made. */
export type PersonEdit<Refused> = { row: PersonRow; also: readonly Write<Table>[] } | { refused: Refused }
export type EditPerson<Refused> = (row: PersonRow) => PersonEdit<Refused> | Promise<PersonEdit<Refused>>
export type PersonChange<Refused> = { row: PersonRow } | { refused: Refused | 'absent' | 'email-taken' }
/** A session with its person, while it is accepted. */
export type ActiveSession = { row: PersonRow; session: PersonSession; lastUsedAt: string }
type People = {
  find: (personId: string) => Promise<PersonRow | undefined>
  isHolderCurrent: (row: PersonRow) => Promise<boolean>
  change: <Refused>(personId: string, edit: EditPerson<Refused>) => Promise<PersonChange<Refused>>
}

/** The sessions of people: the part of the people store that begins, finds and ends them. */
export function personSessions(engine: Engine<Table>, { find, isHolderCurrent, change }: People) {
  const findLastUse = async (personId: string, { sessionId, startedAt }: PersonSession) => {
    const row = await engine.get({ in: 'leads', key: personSessionUseKey(personId, sessionId) })
    return row ? useRow.parse(row).lastUsedAt : startedAt
  }
  const listSessions = async (personId: string) => {
    const { pk } = personSessionKey(personId, '')
    const rows = await queryAll(engine, { in: 'leads', pk, limit: 100 })
    return rows.map((row) => personSession.parse(row))
  }
  const lastRecordedAt = new Map<string, number>()

  return {
    /**
     * Begins a session together with a change of its person, such as that its link was used. The oldest sessions end if the
     * person has too many.
     */
    async beginSession<Refused>(
      personId: string,
      buildSession: (row: PersonRow) => Omit<PersonSession, 'epoch'>,
      edit: EditPerson<Refused>,
    ) {
      const outcome = await change<Refused>(personId, async (before) => {
        const edited = await edit(before)
        if ('refused' in edited) return edited
        const { row, also } = edited
        return { row, also: [...also, buildSessionWrite({ personId }, { ...buildSession(row), epoch: row.epoch })] }
      })
      if ('row' in outcome) {
        const sessions = await listSessions(personId)
        const oldestFirst = sessions.toSorted((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
        for (const { sessionId } of oldestFirst.slice(0, Math.max(0, sessions.length - maxSessionsPerPerson)))
          await engine.transact(buildSessionRemovalWrites(personId, sessionId))
      }
      return outcome
    },

    /** Returns nothing for a session that is unknown or has ended, whatever ended it. The caller compares the secret. */
    async findSession(
      { personId, sessionId }: { personId: string; sessionId: string },
      now: Date,
    ): Promise<ActiveSession | undefined> {
      const [row, stored] = await Promise.all([
        find(personId),
        engine.get({ in: 'leads', key: personSessionKey(personId, sessionId) }),
      ])
      if (!row || !stored) return undefined
      const session = personSession.parse(stored)
      const [isCurrent, lastUsedAt] = await Promise.all([isHolderCurrent(row), findLastUse(personId, session)])
      return isCurrent && isSessionActive(row, session, lastUsedAt, now) ? { row, session, lastUsedAt } : undefined
    },

    /** The sessions of a person that are accepted, latest first. One that waits for a code is none yet. */
    async listActiveSessions(personId: string, now: Date): Promise<ActiveSession[]> {
      const row = await find(personId)
      if (!row || !(await isHolderCurrent(row))) return []
      const sessions = await Promise.all(
        (await listSessions(personId)).map(async (session) => ({
          row,
          session,
          lastUsedAt: await findLastUse(personId, session),
        })),
      )
      return sessions
        .filter(({ session, lastUsedAt }) => !session.awaits && isSessionActive(row, session, lastUsedAt, now))
        .toSorted((one, other) => (one.session.startedAt > other.session.startedAt ? -1 : 1))
    },

    /** @throws Refusal if other writers won every attempt */
    async endSession(personId: string, sessionId: string, also: readonly Write<Table>[]): Promise<'ended' | 'absent'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const result = await engine.transact([
          { in: 'leads', delete: personSessionKey(personId, sessionId), when: { exists: true } },
          { in: 'leads', delete: personSessionUseKey(personId, sessionId) },
          ...also,
        ])
        if (result.done) return 'ended'
        return result.refused[0] === 'condition' ? 'absent' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },

    /** Records that a session was used, at most once in five minutes across all processes. */
    async recordSessionUse({ row, session: { sessionId, endsAt } }: ActiveSession, at: Date): Promise<void> {
      const previous = lastRecordedAt.get(sessionId)
      if (previous !== undefined && at.getTime() - previous < useIntervalMs) return
      if (lastRecordedAt.size >= maxRemembered) lastRecordedAt.clear()
      lastRecordedAt.set(sessionId, at.getTime())
      const lastUsedAt = at.toISOString()
      const earlier = addSeconds(lastUsedAt, -useIntervalMs / 1000)
      await engine.transact([
        {
          in: 'leads',
          change: personSessionUseKey(row.person.personId, sessionId),
          set: { lastUsedAt, expiresAt: toExpiry(endsAt) },
          when: {
            any: [
              { attribute: 'lastUsedAt', is: 'absent' },
              { attribute: 'lastUsedAt', is: 'at-most', value: earlier },
            ],
          },
        },
      ])
    },

    /** Removes all sessions of a person who is removed. */
    async removeSessions(personId: string): Promise<void> {
      for (const { sessionId } of await listSessions(personId))
        await engine.transact(buildSessionRemovalWrites(personId, sessionId))
    },
  }
}

/** Whether a session of a person is accepted at an instant. A person who is disabled, or whose epoch has changed, has none. */
function isSessionActive(row: PersonRow, session: PersonSession, lastUsedAt: string, now: Date): boolean {
  const { status, holder } = row.person
  const at = now.toISOString()
  return (
    status === 'active' &&
    session.epoch === row.epoch &&
    session.endsAt > at &&
    addHours(lastUsedAt, sessionLimits[holder.caller].idleHours) > at
  )
}

const useRow = z.object({ lastUsedAt: z.string() })
const maxAttempts = 50
const maxRemembered = 1000
const useIntervalMs = 5 * 60_000

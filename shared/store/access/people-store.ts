import * as z from 'zod'
import { getHolderRecord, maxPeoplePerHolder, type PersonHolder } from '../../domain/access/access-person.ts'
import { generation, isSameGeneration } from '../../domain/catalog/generation.ts'
import { checkGenerationWrite } from '../catalog/record-store.ts'
import type { Cursor, Engine, Write } from '../engine/engine.ts'
import { accessPersonKey, peopleKey, recordKey, signInEmailKey, type Table } from '../keys.ts'
import { queryAll } from '../query-all.ts'
import { conflictRefusal, retryOnConflict } from '../retry-on-conflict.ts'
import {
  buildEmailChangeWrites,
  buildNewPersonWrites,
  buildPersonRemovalWrites,
  buildPersonWrite,
  getPersonHolderName,
  type PersonRow,
  personRow,
} from './people-rows.ts'
import { type EditPerson, type PersonChange, personSessions } from './person-sessions.ts'

export type PeopleStore = ReturnType<typeof peopleStore>

/** The people who sign in, and their sessions. A session is accepted while the row of its person says so. */
export function peopleStore(engine: Engine<Table>) {
  const find = async (personId: string): Promise<PersonRow | undefined> => {
    const row = await engine.get({ in: 'leads', key: accessPersonKey(personId) })
    return row && personRow.parse(row)
  }
  const findRecord = async (holder: PersonHolder) => {
    const record = getHolderRecord(holder)
    const row = record && (await engine.get({ in: 'catalog', key: recordKey(record.kind, record.id) }))
    return row && holderRow.parse(row)
  }
  const isHolderCurrent = async ({ person: { holder }, generation }: Pick<PersonRow, 'person' | 'generation'>) => {
    if (holder.caller === 'operator') return true
    const record = await findRecord(holder)
    return record !== undefined && isSameGeneration(record.generation, generation)
  }
  /**
   * Changes a person under its optimistic lock. `edit` gets the row as it is, and is repeated if another write was first.
   * @throws Refusal if the row keeps changing
   */
  async function change<Refused>(personId: string, edit: EditPerson<Refused>): Promise<PersonChange<Refused>> {
    const outcome = await retryOnConflict(maxAttempts, async () => {
      const before = await find(personId)
      if (!before) return { refused: 'absent' as const }
      const edited = await edit(before)
      if ('refused' in edited) return edited
      const { row, also } = edited
      const emailWrites = buildEmailChangeWrites(before, row)
      const result = await engine.transact([...emailWrites, buildPersonWrite(row), ...also])
      if (result.done) return { row: { ...row, version: row.version + 1 } }
      return emailWrites.length > 0 && result.refused[1] === 'condition'
        ? { refused: 'email-taken' as const }
        : ('conflict' as const)
    })
    if (outcome === 'conflict') throw conflictRefusal()
    return outcome
  }

  const sessions = personSessions(engine, { find, isHolderCurrent, change })

  return {
    find,
    change,
    isHolderCurrent,
    ...sessions,

    /** `email-taken`: the holder has a person with this email. `no-holder`: the school or source does not exist. */
    async create(
      row: PersonRow,
      also: readonly Write<Table>[],
    ): Promise<'created' | 'email-taken' | 'no-holder' | 'too-many'> {
      const { holder } = row.person
      const { pk } = peopleKey(getPersonHolderName(holder), '')
      const outcome = await retryOnConflict(maxAttempts, async () => {
        if (!(await isHolderCurrent(row))) return 'no-holder'
        const listed = await queryAll(engine, { in: 'leads', pk, limit: 500 })
        const rows = (await Promise.all(listed.map(({ sk }) => find(sk)))).flatMap((one) => one ?? [])
        const isCurrent = (one: PersonRow) => isSameGeneration(one.generation, row.generation)
        // Those of an earlier record of the same ID went with it: they take no place and no email of the one that has it now.
        for (const earlier of rows.filter((one) => !isCurrent(one))) {
          await engine.transact(buildPersonRemovalWrites(earlier))
          await sessions.removeSessions(earlier.person.personId)
        }
        if (rows.filter(isCurrent).length >= maxPeoplePerHolder) return 'too-many'
        const record = getHolderRecord(holder)
        const result = await engine.transact([
          ...buildNewPersonWrites(row),
          ...(record ? [checkGenerationWrite(record.kind, { id: record.id, ...toGeneration(row) })] : []),
          ...also,
        ])
        if (result.done) return 'created'
        return result.refused[1] === 'condition' ? 'email-taken' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      return outcome
    },

    /** The people of a holder, by ID. Those of an earlier record of the same ID are not among them. */
    async list(holder: PersonHolder, page: { limit: number; after?: Cursor }) {
      const { pk } = peopleKey(getPersonHolderName(holder), '')
      const { items, next } = await engine.query({ in: 'leads', pk, ...page })
      const rows = (await Promise.all(items.map(({ sk }) => find(sk)))).flatMap((row) => row ?? [])
      const record = await findRecord(holder)
      const current = record ? rows.filter((row) => isSameGeneration(record.generation, row.generation)) : rows
      return { rows: current, ...(next && { next }) }
    },

    /** The people with an email: one of staff at most, and one of each school or source at most. */
    async listByEmail(emailHash: string, caller: PersonHolder['caller']): Promise<PersonRow[]> {
      const { pk } = signInEmailKey(emailHash, '')
      const { items } = await engine.query({ in: 'leads', pk, sk: { prefix: caller }, limit: maxHoldersPerEmail })
      const rows = await Promise.all(items.map((row) => find(emailRow.parse(row).personId)))
      return rows.flatMap((row) => row ?? [])
    },

    /** Removes a person with their email and sessions. Entries of the audit keep the name. */
    async remove(
      personId: string,
      listAlso: (row: PersonRow) => Promise<readonly Write<Table>[]>,
    ): Promise<'removed' | 'absent'> {
      const outcome = await retryOnConflict(maxAttempts, async () => {
        const row = await find(personId)
        if (!row) return 'absent'
        const { done } = await engine.transact([...buildPersonRemovalWrites(row), ...(await listAlso(row))])
        return done ? 'removed' : 'conflict'
      })
      if (outcome === 'conflict') throw conflictRefusal()
      if (outcome === 'removed') await sessions.removeSessions(personId)
      return outcome
    },
  }
}

function toGeneration({ generation }: Pick<PersonRow, 'generation'>) {
  return generation === undefined ? {} : { generation }
}

const holderRow = z.object({ generation })
const emailRow = z.object({ personId: z.string() })
const maxAttempts = 50
/** How many schools or sources of one person a sign-in email has links to. */
const maxHoldersPerEmail = 10

import * as z from 'zod'

/**
 * Which record of an id this is: a deleted id that is written again gets the next generation. Absent means 1. Rows that
 * belong to a record are stored under its owner name, so that a re-created record inherits none of them.
 */
export const generation = z.int().min(1).optional()
export type Generation = z.output<typeof generation>

type RecordIdentity = { id: string; generation?: Generation }

/** Returns the id for the first generation, as rows were stored before generations existed. No id contains `~`. */
export function toOwnerName({ id, generation = 1 }: RecordIdentity): string {
  return generation === 1 ? id : `${id}~${generation}`
}

/** Which records the IDs of the career and the program were that a match was requested for. */
export const matchedIds = z.object({
  careerGeneration: generation.meta({ description: 'Absent unless the ID of the career was used before.' }),
  programGeneration: generation.meta({ description: 'Absent unless the ID of the program was used before.' }),
})
export type MatchedIds = z.output<typeof matchedIds>

/** An ID, or the owner name of a later record with it. */
export const ownerName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}(~\d+)?$/)

/** Returns the identity that an owner name stands for. */
export function parseOwnerName(name: string): { id: string; generation?: number } {
  const [id = name, number] = name.split('~')
  return { id, ...(number !== undefined && { generation: Number(number) }) }
}

export function isSameGeneration(one: Generation, other: Generation): boolean {
  return (one ?? 1) === (other ?? 1)
}

import * as z from 'zod'
import { careerPage, careerSummary } from '../../contract/catalog/catalog.ts'
import { offeredProgram, programForm } from '../../contract/catalog/programs.ts'
import type { Cursor, Engine, Key } from '../engine/engine.ts'
import { contentsKey, offerKey, pageKey, type Table } from '../keys.ts'
import { unpack } from '../packed.ts'
import { listedProgram } from './composers.ts'

/** What anyone may read: each page is one look-up of what was composed when it was written. */
export function catalogPages(engine: Engine<Table>) {
  const find = async <Schema extends z.ZodType>(schema: Schema, key: Key) => {
    const row = await engine.get({ in: 'catalog', key })
    return row && schema.parse(unpack(row))
  }

  return {
    career: (slug: string) => find(careerPage, pageKey(slug, 'CAREER')),
    listing: (slug: string) => find(rankedSchools, pageKey(slug, 'LISTING')),
    program: (programId: string) => find(offeredProgram, offerKey(programId, 'PROGRAM')),
    form: (programId: string) => find(programForm, offerKey(programId, 'FORM')),
    async careers(page: { limit: number; after?: Cursor }) {
      const { items, next } = await engine.query({ in: 'catalog', pk: contentsKey('', '').pk, ...page })
      return { careers: items.map((row) => careerSummary.parse(unpack(row))), ...(next && { next }) }
    },
  }
}

const rankedSchools = z.array(
  z.object({ schoolId: z.string(), name: z.string(), sponsored: z.boolean(), programs: z.array(listedProgram) }),
)

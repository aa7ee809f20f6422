import * as z from 'zod'
import {
  cents,
  instant,
  modality,
  programLevel,
  recordId,
  singleLine,
  slug,
  state,
  uniqueBy,
  url,
} from '../vocabulary.ts'
import { place } from './place.ts'
import { programContent } from './program-content.ts'
import { question } from './question.ts'

export const tuition = z
  .strictObject({
    cents,
    per: z.enum(['program', 'year', 'term', 'credit']),
    asOf: instant.optional().meta({ description: 'When the price was last confirmed.' }),
    source: z.strictObject({ name: singleLine(160), url: url.optional() }).optional(),
  })
  .meta({ id: 'Tuition', description: 'The price before financial aid.' })
/** Listings leave the source to the page of the program, so that their rows stay small. */
const listedTuition = z.object(tuition.omit({ source: true }).shape).meta({ id: 'ListedTuition' })
export const programLength = z
  .strictObject({ count: z.int().min(1).max(120), unit: z.enum(['weeks', 'months', 'years']) })
  .meta({ id: 'ProgramLength', description: 'How long the program takes full time.' })

/** What a page of the program shows of it, and a listing too. */
export const programDetails = z.object({
  tuition: tuition.optional(),
  length: programLength.optional(),
  place: place.optional().meta({ description: 'Where it is taught. Defaults to the place of the school.' }),
})

export const listedDetails = programDetails.extend({ tuition: listedTuition.optional() })

export const program = z
  .strictObject({
    schoolId: recordId,
    name: singleLine(200),
    careerSlugs: z
      .array(slug)
      .min(1)
      .max(20)
      .refine(...uniqueBy<string>((slug) => slug)),
    level: programLevel,
    modality,
    ...programDetails.shape,
    ...programContent.shape,
    states: z
      .array(state)
      .min(1)
      .max(62)
      .optional()
      .meta({ description: 'States where the program is offered. Defaults to every state.' }),
    questions: z
      .array(question)
      .max(20)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'must not use the same ID twice')
      .default([]),
    sponsored: z.boolean().default(true),
    rank: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(1000)
      .meta({ description: 'Position in listings; the lowest number comes first.' }),
  })
  .meta({ id: 'Program' })

/** A program as decisions know it, without what only pages show. */
export const routedProgram = z.object(
  program.omit({
    tuition: true,
    length: true,
    place: true,
    description: true,
    curriculum: true,
    prerequisites: true,
    financialAid: true,
    startDates: true,
    url: true,
    cip: true,
    facts: true,
    contentSource: true,
  }).shape,
)

export type Tuition = z.output<typeof tuition>
export type ProgramLength = z.output<typeof programLength>
export type Program = z.output<typeof program>

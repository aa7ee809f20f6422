import * as z from 'zod'
import { modality, programLevel, recordId, singleLine, slug, state, uniqueBy } from '../vocabulary.ts'
import { question } from './question.ts'

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

export type Program = z.output<typeof program>

import * as z from 'zod'
import { programLevel, singleLine, slug, text, uniqueBy, url } from '../vocabulary.ts'
import { careerFact } from './fact.ts'
import { markup } from './pages/markup.ts'

export const section = z
  .strictObject({ id: slug, heading: singleLine(160), body: markup(8000) })
  .meta({ id: 'Section' })

/** Something to read about a subject, on this site or elsewhere. */
export const relatedArticle = z.strictObject({ title: singleLine(200), url }).meta({ id: 'RelatedArticle' })

/** A credit that a license requires, with a link to the credited work. */
export const attribution = z.strictObject({ name: singleLine(600), url: url.optional() }).meta({ id: 'Attribution' })

/** How closely the O*NET database relates two occupations: the 5 closest, the 10 closest, the 20 closest. */
export const relatednessTier = z.enum(['Primary-Short', 'Primary-Long', 'Supplemental']).meta({ id: 'RelatednessTier' })

export const career = z
  .strictObject({
    title: singleLine(120),
    summary: text(2000),
    soc: z
      .array(z.string().regex(/^\d{2}-\d{4}$/, 'must be a SOC code such as 29-2072'))
      .max(10)
      .default([]),
    onetSoc: z
      .array(z.string().regex(/^\d{2}-\d{4}\.\d{2}$/, 'must be an O*NET-SOC code such as 29-1141.01'))
      .max(10)
      .optional()
      .meta({
        description:
          'O*NET-SOC codes whose tasks and related careers are those of this career. Absent: the whole occupations of `soc`.',
      }),
    fieldsOfStudy: z
      .array(
        z.strictObject({
          cip: z.string().regex(/^\d{2}\.\d{4}$/, 'must be a CIP code such as 51.0707'),
          title: singleLine(200),
        }),
      )
      .max(400)
      .optional()
      .meta({ description: 'Fields of study that lead to it, by CIP code of 2020.' }),
    aliases: z.array(singleLine(120)).max(50).default([]),
    facts: z.array(careerFact).max(100),
    sections: z.array(section).max(30),
    education: markup(4000).optional(),
    subject: singleLine(120).optional().meta({
      description: 'The subject of study that its schools teach, if it has another name than the career.',
      example: 'Electronic Medical Records',
    }),
    relatedCareers: z
      .array(z.strictObject({ slug, reason: singleLine(500), tier: relatednessTier.optional() }))
      .max(20)
      .refine(...uniqueBy<{ slug: string }>(({ slug }) => slug))
      .default([]),
    degreeOptions: z
      .array(z.strictObject({ level: programLevel, label: singleLine(120) }))
      .max(10)
      .default([]),
    relatedArticles: z.array(relatedArticle).max(20).optional(),
    attributions: z
      .array(attribution)
      .max(10)
      .default([])
      .meta({ description: 'Credits that a license requires, in addition to the sources of the facts.' }),
  })
  .meta({ id: 'Career' })

export type Career = z.output<typeof career>

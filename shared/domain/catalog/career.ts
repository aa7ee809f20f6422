import * as z from 'zod'
import { instant, programLevel, singleLine, slug, text, uniqueBy, url } from '../vocabulary.ts'

/** A statistic with its provenance: what was measured, where, when and by which source. */
export const fact = z
  .strictObject({
    metric: singleLine(80).meta({ example: 'mean-annual-wage' }),
    label: singleLine(240),
    value: z
      .union([z.number(), singleLine(200)])
      .meta({ description: 'A number, or text such as `$239,200 or more`, which is all that the source tells.' }),
    unit: singleLine(40).optional().meta({ description: 'USD, percent, ... Absent if the value is text.' }),
    statistic: singleLine(60).meta({ description: 'mean, median, projected change, typical requirement, ...' }),
    period: singleLine(40).meta({ example: 'May 2015' }),
    geography: singleLine(80).default('United States'),
    source: z.strictObject({ name: singleLine(160), url: url.optional() }),
    asOf: instant,
    expiresAt: instant,
    note: singleLine(300).optional().meta({
      description: 'What a reader must know to read the figure rightly, such as whom it counts.',
    }),
  })
  .meta({ id: 'Fact' })

export const section = z.strictObject({ id: slug, heading: singleLine(160), body: text(8000) }).meta({ id: 'Section' })

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
    facts: z.array(fact).max(100),
    sections: z.array(section).max(30),
    education: text(4000).optional(),
    relatedCareers: z
      .array(z.strictObject({ slug, reason: singleLine(500), tier: relatednessTier.optional() }))
      .max(20)
      .refine(...uniqueBy<{ slug: string }>(({ slug }) => slug))
      .default([]),
    degreeOptions: z
      .array(z.strictObject({ level: programLevel, label: singleLine(120) }))
      .max(10)
      .default([]),
    attributions: z
      .array(attribution)
      .max(10)
      .default([])
      .meta({ description: 'Credits that a license requires, in addition to the sources of the facts.' }),
  })
  .meta({ id: 'Career' })

export type Career = z.output<typeof career>
export type Fact = z.output<typeof fact>

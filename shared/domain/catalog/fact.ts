import * as z from 'zod'
import { instant, singleLine, slug, url } from '../vocabulary.ts'

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

/** A fact of a career. */
export const careerFact = fact
  .extend({
    careerSlug: slug.optional().meta({ description: 'The career that the figure is about, if it is another one.' }),
  })
  .meta({ id: 'CareerFact' })

/** A fact as the page of a career has it. */
export const shownFact = careerFact
  .extend({
    careerTitle: z.string().optional().meta({ description: 'The title of the career `careerSlug`.' }),
  })
  .meta({ id: 'ShownFact' })

/** Whether a newer figure should be out by now. */
export function isStale({ expiresAt }: Pick<Fact, 'expiresAt'>, now: Date): boolean {
  return Date.parse(expiresAt) <= now.getTime()
}

export type Fact = z.output<typeof fact>
export type CareerFact = z.output<typeof careerFact>

import * as z from 'zod'
import { writer } from '../access/actor.ts'
import { idSchema } from '../ids.ts'
import { instant, singleLine, uniqueBy } from '../vocabulary.ts'

/**
 * The codes that schools use, with the description in the API docs. In order: the later one is the further one, from the first call
 * to the degree. `not-interested` implies that the school spoke with the student, and `denied` that the student applied.
 */
export const dispositions = {
  'bad-contact': 'The contact details are wrong or disconnected.',
  duplicate: 'The student is already in the school’s system.',
  'attempted-contact': 'The school tried to reach the student; no answer yet.',
  'opted-out': 'The student asked not to be contacted anymore. This withdraws consent at every school.',
  contacted: 'The school spoke with the student.',
  'not-interested': 'The student is not interested.',
  appointment: 'The student has an appointment.',
  interviewed: 'The student was interviewed.',
  qualified: 'The student meets the requirements of the program.',
  'application-started': 'The student has begun an application.',
  applied: 'The student submitted an application.',
  denied: 'The school did not admit the student.',
  admitted: 'The school admitted the student.',
  enrolled: 'The student enrolled.',
  started: 'The student started classes.',
  persisted: 'The student is in classes in a later term.',
  graduated: 'The student graduated.',
} as const satisfies { [word: string]: string }
export type DispositionWord = keyof typeof dispositions

export const dispositionWord = z.enum(Object.keys(dispositions).filter(isWord)).meta({ id: 'DispositionWord' })

const term = singleLine(40).meta({ description: 'The term that it is for, such as `Fall 2027`.' })

/** Codes of other systems that mean the same in every school. A school can have codes of its own too. */
const synonyms: { readonly [code: string]: DispositionWord } = {
  attempted: 'attempted-contact',
  submitted: 'applied',
  'application-submitted': 'applied',
  'opt-out': 'opted-out',
}

/** The codes of a school's own system, and what each means. */
export const dispositionCodes = z
  .array(z.strictObject({ code: singleLine(64), disposition: dispositionWord }))
  .max(200)
  .refine(...uniqueBy<{ code: string }>(({ code }) => foldCode(code)))
export type DispositionCodes = z.output<typeof dispositionCodes>

/** Returns what a code of a school means: one of its own first, in any case. Undefined if it means nothing. */
export function findDisposition(code: string, ownCodes: DispositionCodes = []): DispositionWord | undefined {
  const folded = foldCode(code)
  const own = ownCodes.find((one) => foldCode(one.code) === folded)
  return own?.disposition ?? dispositionWord.safeParse(folded).data ?? synonyms[folded]
}

function foldCode(code: string): string {
  return code.trim().toLowerCase()
}

export const dispositionInput = z
  .strictObject({
    disposition: dispositionWord.optional().meta({ description: 'Required unless there is a `code`.' }),
    code: singleLine(64).optional().meta({
      description:
        'Instead of `disposition`: a code of your own system. Staff say what each means (`dispositionCodes`).',
    }),
    at: instant.optional().meta({ description: 'When it happened. Absent: now.' }),
    term: term.optional(),
    note: singleLine(500).optional().meta({ description: 'For your staff and ours. It is never sent to anyone else.' }),
  })
  .meta({ id: 'DispositionInput' })

/** How long a school may undo a disposition, in seconds. */
export const undoSeconds = 60
/** How many dispositions one call records. */
export const maxDispositionRows = 100

/** What a school reported about a delivered lead. Dispositions are added and never changed; one may be undone shortly after it was recorded. */
export const disposition = z
  .strictObject({
    dispositionId: idSchema('disposition'),
    deliveryId: z.string(),
    disposition: dispositionWord,
    at: instant,
    term: term.optional(),
    recordedAt: instant,
    recordedBy: writer.optional().meta({ description: 'Absent: an API key, or staff.' }),
    byStaff: z.literal(true).optional().meta({ description: 'Staff recorded it for the school.' }),
    note: singleLine(500).optional(),
  })
  .meta({ id: 'Disposition' })
export type Disposition = z.output<typeof disposition>

// Clocks of schools differ from ours.
const clockToleranceMs = 5 * 60_000

/** Returns what is wrong with the time of a disposition of a lead, as code and detail of a field error. */
export function findDispositionTimeFault(
  at: string | undefined,
  { createdAt, now }: { createdAt: string; now: Date },
): { code: string; detail: string } | undefined {
  if (at === undefined) return undefined
  if (Date.parse(at) > now.getTime() + clockToleranceMs) return { code: 'future', detail: 'must not be in the future' }
  if (Date.parse(at) < Date.parse(createdAt) - clockToleranceMs)
    return { code: 'too_early', detail: `must not be earlier than the lead: ${createdAt}` }
  return undefined
}

function isWord(name: string): name is DispositionWord {
  return name in dispositions
}

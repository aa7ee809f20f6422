import type { Fact } from '#shared/domain/catalog/fact.ts'

/** Position of an occupation among those of a career: the first is the main one, and facts of further ones contain their code. */
export type OccupationPosition = 'first' | 'further'
/** An occupation as a file publishes it. `parts`: detailed occupations that it counts together. */
export type Occupation = {
  code: string
  title: string
  position: OccupationPosition
  parts?: readonly string[]
  /** Whether the career has just this occupation, under this title: then labels need not name it. */
  isWholeCareer: boolean
}

/** Names a fact of an occupation, and says whom it counts unless that is plain. */
export function nameFact(
  metric: string,
  label: string,
  { code, title, position, parts, isWholeCareer }: Occupation,
  note?: string,
): Pick<Fact, 'metric' | 'label' | 'note'> {
  const notes = [
    ...(parts ? [`Counts ${parts.join(', ')} together, as ${code}: there is no figure for one of them alone.`] : []),
    ...(note === undefined ? [] : [note]),
  ]
  return {
    metric: position === 'further' ? `${metric}-${code}` : metric,
    label: shorten(isWholeCareer ? label : `${label}, ${title}`, maxLabelLength),
    ...(notes.length > 0 && { note: shorten(notes.join(' '), maxNoteLength) }),
  }
}

/** Whether two titles name the same occupation, in singular or plural. */
export function isSameTitle(one: string, other: string): boolean {
  return normalizeTitle(one) === normalizeTitle(other)
}

function normalizeTitle(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/s\b/g, '')
    .trim()
}

function shorten(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`
}

const maxLabelLength = 240
const maxNoteLength = 300

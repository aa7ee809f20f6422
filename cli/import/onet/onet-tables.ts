import { numberOf, type Row, textOf, type Wanted } from '../files/table.ts'

export type Zone = { zone: string; name: string; education: string }
export type Task = { id: string; task: string }
/** What the database says of one occupation of the SOC. */
export type OnetOccupation = {
  title: string
  reportedTitles: string[]
  tasks: Task[]
  related: { soc: string; index: number }[]
  zone: string
}
export type Onet = {
  occupations: Map<string, OnetOccupation>
  /** How much each task matters, from 1 to 5, by its id. */
  importance: Map<string, number>
  /** What the numbers of the zones mean, where the folder has the words. */
  zones: Map<string, Zone>
  /** Codes of the SOC that are only there in parts, with one of those. */
  parts: Map<string, string>
}
type Table = { file: string; isOptional?: true; columns: Wanted<string>; take: (row: Row<string>, onet: Onet) => void }

const code = 'O*NET-SOC Code'

/** The files that are read, by their names and columns, and what is kept of each row. */
export const onetTables: readonly Table[] = [
  {
    file: 'occupation_data',
    columns: { code, title: 'Title' },
    take: (row, onet) => {
      const whole = textOf(row('code'))
      if (!isWhole(whole)) onet.parts.set(socOf(whole), whole)
      else occupationIn(row, onet, (occupation) => (occupation.title = textOf(row('title'))))
    },
  },
  {
    file: 'sample_of_reported_titles',
    columns: { code, title: 'Reported Job Title' },
    take: (row, onet) => occupationIn(row, onet, ({ reportedTitles }) => reportedTitles.push(textOf(row('title')))),
  },
  {
    file: 'task_statements',
    columns: { code, id: 'Task ID', task: 'Task' },
    take: (row, onet) =>
      occupationIn(row, onet, ({ tasks }) => tasks.push({ id: textOf(row('id')), task: textOf(row('task')) })),
  },
  {
    file: 'task_ratings',
    columns: { id: 'Task ID', scale: 'Scale ID', value: 'Data Value', suppress: 'Recommend Suppress' },
    take: (row, { importance }) => {
      const value = numberOf(row('value'))
      if (textOf(row('scale')) !== 'IM' || textOf(row('suppress')) === 'Y' || value === undefined) return
      importance.set(textOf(row('id')), value)
    },
  },
  {
    file: 'related_occupations',
    columns: { code, other: 'Related O*NET-SOC Code', index: { like: /^(related[_ ])?index$/i, suchAs: 'Index' } },
    take: (row, onet) => {
      const other = textOf(row('other'))
      const index = numberOf(row('index')) ?? Number.POSITIVE_INFINITY
      if (isWhole(other)) occupationIn(row, onet, ({ related }) => related.push({ soc: socOf(other), index }))
    },
  },
  {
    file: 'job_zones',
    columns: { code, zone: 'Job Zone' },
    take: (row, onet) => occupationIn(row, onet, (occupation) => (occupation.zone = textOf(row('zone')))),
  },
  {
    file: 'job_zone_reference',
    isOptional: true,
    columns: { zone: 'Job Zone', name: 'Name', education: 'Education' },
    take: (row, { zones }) => {
      const zone = textOf(row('zone'))
      zones.set(zone, { zone, name: textOf(row('name')), education: textOf(row('education')) })
    },
  },
]

/** Whole occupations end with .00; what ends otherwise is a part of one, and says nothing of the rest. */
function isWhole(code: string): boolean {
  return /^\d{2}-\d{4}\.00$/.test(code)
}

function socOf(code: string): string {
  return code.slice(0, 7)
}

function occupationIn(row: Row<string>, { occupations }: Onet, take: (occupation: OnetOccupation) => void): void {
  const whole = textOf(row('code'))
  if (!isWhole(whole)) return
  const known = occupations.get(socOf(whole))
  const occupation = known ?? { title: '', reportedTitles: [], tasks: [], related: [], zone: '' }
  if (!known) occupations.set(socOf(whole), occupation)
  take(occupation)
}

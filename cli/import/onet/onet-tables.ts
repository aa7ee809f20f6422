import { type ColumnTitles, type TableRow, toNumber, toText } from '../files/create-table-reader.ts'

export type JobZone = { zone: string; name: string; education: string }
export type OnetTask = { id: string; task: string }
/** Data of one SOC occupation. */
export type OnetOccupation = {
  title: string
  reportedTitles: string[]
  tasks: OnetTask[]
  related: { soc: string; index: number }[]
  zone: string
}
export type Onet = {
  occupations: Map<string, OnetOccupation>
  /** Importance of each task, 1 to 5, by task ID. */
  importance: Map<string, number>
  /** Names of the job zones, if the folder contains them. */
  zones: Map<string, JobZone>
  /** SOC codes that exist only in parts, with one of the parts. */
  parts: Map<string, string>
}
type OnetTable = {
  file: string
  isOptional?: true
  columns: ColumnTitles<string>
  collect: (row: TableRow<string>, onet: Onet) => void
}

const code = 'O*NET-SOC Code'

/** The files with their columns, and how each row is collected. */
export const onetTables: readonly OnetTable[] = [
  {
    file: 'occupation_data',
    columns: { code, title: 'Title' },
    collect: (row, onet) => {
      const onetCode = toText(row('code'))
      if (!isWholeOccupation(onetCode)) onet.parts.set(toSoc(onetCode), onetCode)
      else updateOccupation(row, onet, (occupation) => (occupation.title = toText(row('title'))))
    },
  },
  {
    file: 'sample_of_reported_titles',
    columns: { code, title: 'Reported Job Title' },
    collect: (row, onet) =>
      updateOccupation(row, onet, ({ reportedTitles }) => reportedTitles.push(toText(row('title')))),
  },
  {
    file: 'task_statements',
    columns: { code, id: 'Task ID', task: 'Task' },
    collect: (row, onet) =>
      updateOccupation(row, onet, ({ tasks }) => tasks.push({ id: toText(row('id')), task: toText(row('task')) })),
  },
  {
    file: 'task_ratings',
    columns: { id: 'Task ID', scale: 'Scale ID', value: 'Data Value', suppress: 'Recommend Suppress' },
    collect: (row, { importance }) => {
      const value = toNumber(row('value'))
      if (toText(row('scale')) !== 'IM' || toText(row('suppress')) === 'Y' || value === undefined) return
      importance.set(toText(row('id')), value)
    },
  },
  {
    file: 'related_occupations',
    columns: { code, other: 'Related O*NET-SOC Code', index: { like: /^(related[_ ])?index$/i, suchAs: 'Index' } },
    collect: (row, onet) => {
      const other = toText(row('other'))
      const index = toNumber(row('index')) ?? Number.POSITIVE_INFINITY
      if (isWholeOccupation(other))
        updateOccupation(row, onet, ({ related }) => related.push({ soc: toSoc(other), index }))
    },
  },
  {
    file: 'job_zones',
    columns: { code, zone: 'Job Zone' },
    collect: (row, onet) => updateOccupation(row, onet, (occupation) => (occupation.zone = toText(row('zone')))),
  },
  {
    file: 'job_zone_reference',
    isOptional: true,
    columns: { zone: 'Job Zone', name: 'Name', education: 'Education' },
    collect: (row, { zones }) => {
      const zone = toText(row('zone'))
      zones.set(zone, { zone, name: toText(row('name')), education: toText(row('education')) })
    },
  },
]

/** Whole occupations end with .00; other codes are parts of an occupation. */
function isWholeOccupation(code: string): boolean {
  return /^\d{2}-\d{4}\.00$/.test(code)
}

function toSoc(code: string): string {
  return code.slice(0, 7)
}

function updateOccupation(
  row: TableRow<string>,
  { occupations }: Onet,
  update: (occupation: OnetOccupation) => void,
): void {
  const onetCode = toText(row('code'))
  if (!isWholeOccupation(onetCode)) return
  const existing = occupations.get(toSoc(onetCode))
  const occupation = existing ?? { title: '', reportedTitles: [], tasks: [], related: [], zone: '' }
  if (!existing) occupations.set(toSoc(onetCode), occupation)
  update(occupation)
}

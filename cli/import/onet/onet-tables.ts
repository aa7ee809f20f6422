import { type ColumnTitles, type TableRow, toNumber, toText } from '../files/create-table-reader.ts'

export type JobZone = { zone: string; name: string; education: string }
export type OnetTask = { id: string; task: string; isCore: boolean }
export type RelatedOccupation = { code: string; index: number; tier: string }
/** What the database rates for an occupation: an element such as Reading Comprehension, and its value on one scale. */
export type RatedElement = { name: string; value: number }
export type ElementKind = 'skills' | 'knowledge' | 'interests'
export type Technology = { name: string; isHot: boolean }
/** Data of one occupation of the O*NET-SOC taxonomy: a whole one of SOC, such as `29-1141.00`, or a part of it, such as `29-1141.01`. */
export type OnetOccupation = {
  code: string
  title: string
  description: string
  reportedTitles: string[]
  tasks: OnetTask[]
  related: RelatedOccupation[]
  zone: string
  elements: { [kind in ElementKind]: RatedElement[] }
  technologies: Technology[]
}
export type Onet = {
  /** By O*NET-SOC code, in the order of the list of occupations. */
  occupations: Map<string, OnetOccupation>
  /** Importance of each task, 1 to 5, by occupation and task ID. */
  importance: Map<string, number>
  /** Names of the job zones, if the folder contains them. */
  zones: Map<string, JobZone>
  /** The latest month of any row, such as `2024-11`; empty if the files have no dates. */
  newestMonth: string
}
export type OnetTable = {
  file: string
  isOptional?: true
  columns: ColumnTitles<string>
  collect: (row: TableRow<string>, onet: Onet) => void
}

const code = 'O*NET-SOC Code'
const date = { like: /^date$/i, suchAs: 'Date', isOptional: true } as const
const optionalTier = { like: /^relatedness[_ ]tier$/i, suchAs: 'Relatedness Tier', isOptional: true } as const

/** The files with their columns, and how each row is collected. The list of occupations comes first. */
export const onetTables: readonly OnetTable[] = [
  {
    file: 'occupation_data',
    columns: { code, title: 'Title', description: 'Description' },
    collect: (row, onet) => {
      const onetCode = toText(row('code'))
      onet.occupations.set(onetCode, {
        code: onetCode,
        title: toText(row('title')),
        description: toText(row('description')),
        reportedTitles: [],
        tasks: [],
        related: [],
        zone: '',
        elements: { skills: [], knowledge: [], interests: [] },
        technologies: [],
      })
    },
  },
  {
    file: 'sample_of_reported_titles',
    isOptional: true,
    columns: { code, title: 'Reported Job Title' },
    collect: (row, onet) =>
      updateOccupation(row, onet, ({ reportedTitles }) => reportedTitles.push(toText(row('title')))),
  },
  {
    file: 'task_statements',
    columns: {
      code,
      id: 'Task ID',
      task: 'Task',
      type: { like: /^task[_ ]type$/i, suchAs: 'Task Type', isOptional: true },
      date,
    },
    collect: (row, onet) => {
      noteDate(row, onet)
      const task = { id: toText(row('id')), task: toText(row('task')), isCore: toText(row('type')) === 'Core' }
      updateOccupation(row, onet, ({ tasks }) => tasks.push(task))
    },
  },
  {
    file: 'task_ratings',
    isOptional: true,
    columns: { code, id: 'Task ID', scale: 'Scale ID', value: 'Data Value', suppress: 'Recommend Suppress' },
    collect: (row, { importance }) => {
      const value = toNumber(row('value'))
      if (toText(row('scale')) !== 'IM' || toText(row('suppress')) === 'Y' || value === undefined) return
      importance.set(toText(row('id')), value)
    },
  },
  {
    file: 'related_occupations',
    isOptional: true,
    columns: {
      code,
      other: 'Related O*NET-SOC Code',
      index: { like: /^(related[_ ])?index$/i, suchAs: 'Index' },
      tier: optionalTier,
    },
    collect: (row, onet) => {
      const index = toNumber(row('index')) ?? Number.POSITIVE_INFINITY
      const relation = { code: toText(row('other')), index, tier: toText(row('tier')) }
      updateOccupation(row, onet, ({ related }) => related.push(relation))
    },
  },
  createRatingTable('skills', 'IM'),
  createRatingTable('knowledge', 'IM'),
  createRatingTable('interests', 'OI'),
  {
    file: 'technology_skills',
    isOptional: true,
    columns: {
      code,
      example: { like: /example$/i, suchAs: 'Example' },
      hot: { like: /^hot[_ ]technology$/i, suchAs: 'Hot Technology', isOptional: true },
    },
    collect: (row, onet) => {
      const technology = { name: toText(row('example')), isHot: toText(row('hot')) === 'Y' }
      updateOccupation(row, onet, ({ technologies }) => technologies.push(technology))
    },
  },
  {
    file: 'job_zones',
    columns: { code, zone: 'Job Zone', date },
    collect: (row, onet) => {
      noteDate(row, onet)
      updateOccupation(row, onet, (occupation) => (occupation.zone = toText(row('zone'))))
    },
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

/** Elements that are rated on several scales, of which one ranks them: importance (`IM`), or occupational interests (`OI`). */
function createRatingTable(kind: ElementKind, scale: string): OnetTable {
  return {
    file: kind,
    isOptional: true,
    columns: {
      code,
      name: 'Element Name',
      scale: 'Scale ID',
      value: 'Data Value',
      suppress: { like: /^recommend[_ ]suppress$/i, suchAs: 'Recommend Suppress', isOptional: true },
      irrelevant: { like: /^not[_ ]relevant$/i, suchAs: 'Not Relevant', isOptional: true },
    },
    collect: (row, onet) => {
      const value = toNumber(row('value'))
      if (toText(row('scale')) !== scale || value === undefined) return
      if (toText(row('suppress')) === 'Y' || toText(row('irrelevant')) === 'Y') return
      const element = { name: toText(row('name')), value }
      updateOccupation(row, onet, ({ elements }) => elements[kind].push(element))
    },
  }
}

function updateOccupation(
  row: TableRow<string>,
  { occupations }: Onet,
  update: (occupation: OnetOccupation) => void,
): void {
  const occupation = occupations.get(toText(row('code')))
  if (occupation) update(occupation)
}

/** Dates are months, such as `08/2023`. */
function noteDate(row: TableRow<string>, onet: Onet): void {
  const [, month, year] = /^(\d{2})\/(\d{4})$/.exec(toText(row('date'))) ?? []
  const text = `${year}-${month}`
  if (year !== undefined && text > onet.newestMonth) onet.newestMonth = text
}

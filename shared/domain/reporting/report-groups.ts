import type { CellTable } from './roll-up/cells.ts'

/**
 * By what else leads are counted: by campaign, program and disposition their deliveries, by what they came with the leads. Reasons and
 * sub-IDs count a lead once for each that it has.
 */
export const reportGroups = [
  'campaigns',
  'programs',
  'careers',
  'states',
  'reasons',
  'sub-ids',
  'utm-sources',
  'utm-campaigns',
  'dispositions',
  'hours',
] as const
export type ReportGroup = (typeof reportGroups)[number]
/** Whose leads a report is of: `all`, those of one source, or the deliveries to one school. */
export type ReportSide = 'all' | 'sources' | 'schools'

const tables: { readonly [group in ReportGroup]: { readonly [side in ReportSide]?: CellTable | 'whole' } } = {
  campaigns: { all: 'school-campaigns', schools: 'school-campaigns' },
  programs: { all: 'school-programs', schools: 'school-programs' },
  careers: { all: 'source-careers', sources: 'source-careers', schools: 'school-careers' },
  states: { all: 'source-states', sources: 'source-states', schools: 'school-states' },
  reasons: { all: 'source-reasons', sources: 'source-reasons' },
  'sub-ids': { all: 'source-sub-ids', sources: 'source-sub-ids' },
  'utm-sources': { all: 'source-utm-sources', sources: 'source-utm-sources' },
  'utm-campaigns': { all: 'source-utm-campaigns', sources: 'source-utm-campaigns' },
  dispositions: { all: 'school-dispositions', schools: 'school-dispositions' },
  hours: { all: 'whole', sources: 'sources', schools: 'schools' },
}

/** Where the rows of a report are counted. Undefined: that side has no such report. */
export function findReportTable(by: ReportGroup, side: ReportSide): CellTable | 'whole' | undefined {
  return tables[by][side]
}

/** Whether a lead may be in several rows, so that they do not add up. */
export function hasOverlappingRows(by: ReportGroup): boolean {
  return by === 'reasons' || by === 'sub-ids'
}

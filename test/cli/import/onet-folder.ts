import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { type Cells, createTempFolder } from './create-workbook.ts'

export type OnetFiles = { [file: string]: readonly Cells[] }

const coder = '29-2072.00'
/** A small database: two occupations, and one that is only there in parts. The sentences are made up. */
export const onetFiles: OnetFiles = {
  'occupation_data.csv': [
    ['O*NET-SOC Code', 'Title', 'Description'],
    [coder, 'Medical Records Specialists', 'They keep records, code them, "and file" them.'],
    ['29-9021.00', 'Health Information Technologists and Medical Registrars', 'They register.'],
    ['15-1299.00', 'Computer Occupations, All Other', 'All others.'],
    ['15-1299.08', 'Computer Systems Engineers', 'They engineer.'],
    ['55-3016.00', 'Infantry', 'They fight.'],
  ],
  'sample_of_reported_titles.csv': [
    ['O*NET-SOC Code', 'Title', 'Reported Job Title', 'Shown in My Next Move'],
    [coder, 'Medical Records Specialists', 'Medical Coder', 'Y'],
    [coder, 'Medical Records Specialists', 'Records Clerk', 'N'],
    [coder, 'Medical Records Specialists', 'records  clerk', 'N'],
  ],
  'task_statements.csv': [
    ['O*NET-SOC Code', 'Title', 'Task ID', 'Task', 'Task Type', 'Incumbents Responding', 'Date', 'Domain Source'],
    [coder, 'Medical Records Specialists', '1', 'Sort what comes in.', 'Supplemental', '', '08/2023', 'Incumbent'],
    [coder, 'Medical Records Specialists', '2', 'Assign codes, in full.', 'Core', '', '08/2023', 'Incumbent'],
    [coder, 'Medical Records Specialists', '3', 'Protect what is private.', 'Core', '', '08/2023', 'Incumbent'],
    [coder, 'Medical Records Specialists', '4', 'Greet visitors.', 'Core', '', '08/2023', 'Incumbent'],
    ['15-1299.08', 'Computer Systems Engineers', '9', 'Engineer.', 'Core', '', '08/2023', 'Incumbent'],
  ],
  'task_ratings.csv': [
    ['O*NET-SOC Code', 'Title', 'Task ID', 'Task', 'Scale ID', 'Category', 'Data Value', 'Recommend Suppress'],
    [coder, 'Medical Records Specialists', '1', 'Sort what comes in.', 'IM', '', '2.5', 'N'],
    [coder, 'Medical Records Specialists', '2', 'Assign codes, in full.', 'IM', '', '4.1', 'N'],
    [coder, 'Medical Records Specialists', '3', 'Protect what is private.', 'IM', '', '4.9', 'N'],
    [coder, 'Medical Records Specialists', '4', 'Greet visitors.', 'IM', '', '5', 'Y'],
    [coder, 'Medical Records Specialists', '1', 'Sort what comes in.', 'FT', '7', '99', 'N'],
  ],
  'related_occupations.csv': [
    ['O*NET-SOC Code', 'Title', 'Related O*NET-SOC Code', 'Related Title', 'Relatedness Tier', 'Index'],
    [coder, 'Medical Records Specialists', '29-9021.00', 'Registrars', 'Primary-Long', '2'],
    [coder, 'Medical Records Specialists', '11-9111.00', 'Managers', 'Primary-Short', '1'],
    [coder, 'Medical Records Specialists', '51-9999.00', 'No stored career', 'Supplemental', '3'],
    [coder, 'Medical Records Specialists', '15-1299.08', 'Engineers', 'Supplemental', '4'],
  ],
  'job_zones.csv': [
    ['O*NET-SOC Code', 'Title', 'Job Zone', 'Date', 'Domain Source'],
    [coder, 'Medical Records Specialists', '3', '08/2023', 'Analyst'],
    ['29-9021.00', 'Registrars', '6', '08/2023', 'Analyst'],
  ],
  'job_zone_reference.csv': [
    ['Job Zone', 'Name', 'Experience', 'Education', 'Job Training', 'Examples', 'SVP Range'],
    ['3', 'Job Zone Three: Medium Preparation Needed', '', 'Most of these need an associate degree.', '', '', ''],
  ],
}

/** Writes the files into a folder whose name says the release. */
export function createOnetFolder(files: OnetFiles = onetFiles, name = 'db_30_1_csv'): string {
  const folder = join(createTempFolder(), name)
  mkdirSync(folder)
  for (const [file, rows] of Object.entries(files)) writeFileSync(join(folder, file), formatRows(file, rows))
  return folder
}

function formatRows(file: string, rows: readonly Cells[]): string {
  return file.endsWith('.txt') ? rows.map((row) => `${row.join('\t')}\n`).join('') : `\uFEFF${stringify([...rows])}`
}

import type { ImportRowFault } from '#shared/domain/aftercare/suppression-csv.ts'

/** Text of the import of people from a CSV file, which staff and schools share. */
export const csvImportText = {
  file: 'CSV file',
  fileHelp:
    'The first row names the columns: email, phone, or both. For hashed lists: email_sha256 and phone_sha256. Other columns are ignored.',
  chooseFile: 'Choose a CSV file.',
  unreadable: 'The file could not be read. Choose it again.',
  archive: 'This is a spreadsheet or a .zip file. Save it as “CSV UTF-8” and choose that file.',
  otherCharset: (line: string, likely: string) =>
    `Line ${line} doesn’t match the expected character encoding. Save the file as “CSV UTF-8” and choose it again, or choose its encoding below. It may be ${likely}.`,
  charset: 'Character encoding of the file',
  charsetHelp: 'Check the names in the preview: with the wrong encoding, accented letters are wrong.',
  chooseCharset: 'Choose one',
  charsets: [
    { value: 'utf-8', label: 'UTF-8' },
    { value: 'windows-1252', label: 'Windows (Western)' },
    { value: 'macintosh', label: 'Mac (Western)' },
    { value: 'utf-16le', label: 'UTF-16' },
    { value: 'utf-16be', label: 'UTF-16, big-endian' },
  ],
  noColumn: 'The first row must have a column named email, phone, email_sha256, or phone_sha256.',
  noRows: 'The file has no rows below the column names.',
  preview: 'Preview',
  summary: (people: string, faults: string) => `People to import: ${people}. Rows to skip: ${faults}.`,
  columnsRead: (columns: string) => `Columns used: ${columns}.`,
  firstRows: 'The first rows',
  row: 'Row',
  skipped: 'Skipped rows',
  rowsHelp: 'The row below the column names is row 1. Blank rows are not counted.',
  problem: 'Problem',
  faults: {
    invalid_email: 'Not a valid email address.',
    invalid_phone: 'Not a valid phone number.',
    invalid_hash: 'Not a SHA-256 hash, which has 64 hexadecimal digits.',
    empty: 'No email and no phone.',
  } satisfies { [code in ImportRowFault['code']]: string },
  otherFault: 'This row could not be imported.',
  moreFaults: (count: string) => `And ${count} more.`,
  start: 'Import list',
  resume: (row: string) => `Continue from row ${row}`,
  progressLabel: 'Import progress',
  progress: (sent: string, total: string) => `${sent} of ${total} people imported`,
  stopped: 'The import stopped. Everyone so far was imported. Fix the problem, then continue.',
  done: (people: string, faults: string) => `People imported: ${people}. Rows skipped: ${faults}.`,
  another: 'Import another file',
} as const

/** Text about setting the status of leads from the list and by a file. */
export const statusControlText = {
  set: 'Set status',
  setFor: (name: string) => `Set status for ${name}`,
  title: (name: string) => `What happened with ${name}?`,
  optOutHelp: 'Did they ask you to stop? Open the lead and press “Record opt-out.”',
  saved: (name: string, status: string) => `${name}: ${status}.`,
  undo: 'Undo',
  undone: (name: string) => `${name}: undone.`,
  dismiss: 'Close',
} as const

export const bulkText = {
  title: 'Update statuses from a file',
  intro:
    'Export leads as CSV, change the column “Status” in your spreadsheet, save it as CSV, and choose it here. Rows with an empty status are skipped.',
  columns:
    'The first row must have the columns “Lead ID” and “Status.” “Term” and “Note” are optional. Other columns are ignored. A status can be a code of your own system if we have mapped it.',
  file: 'CSV file',
  chooseFile: 'Choose a CSV file.',
  unreadable: 'The file can’t be read as text. Save it as “CSV UTF-8” and choose it again.',
  noColumns: 'The first row must have the columns “Lead ID” and “Status.”',
  noRows: 'No row has a status.',
  check: 'Check file',
  checking: 'Checking…',
  summary: (good: string, bad: string) => `Ready to save: ${good}. Rows with errors, which will be skipped: ${bad}.`,
  preview: 'What will be saved',
  row: 'Row',
  lead: 'Lead',
  status: 'Status',
  problem: 'Problem',
  errors: 'Rows with errors',
  start: (count: string) => `Save ${count} statuses`,
  saving: (done: string, all: string) => `${done} of ${all} rows sent`,
  stopped: 'Stopped. Rows that were sent are saved; you can send the file again.',
  done: (count: string) => `Saved: ${count}.`,
  another: 'Choose another file',
  faults: {
    INVALID_REQUEST:
      'This isn’t a status. Use one of the words in the list of statuses, or a code that we have mapped.',
    noLead: 'No Lead ID.',
    NOT_FOUND: 'Not one of your leads.',
    NOT_DELIVERED: 'You don’t have this lead, so it can’t get a status.',
    LEAD_ERASED: 'This person’s data was deleted.',
    other: 'This row can’t be saved.',
  },
} as const

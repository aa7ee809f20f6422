/** The frame of the console. Each capability has its own file here; text that schools read as well is in web/app/text. */
export const consoleText = {
  title: 'Prospectus console',
  keyLabel: 'Staff key',
  keyHelp: 'To get a key, run “npm start” on your machine or ask an administrator.',
  keyRejected: 'That key isn’t valid. Check it and try again.',
  nav: {
    overview: 'Overview',
    leads: 'Leads',
    deliveries: 'Deliveries',
    quarantine: 'Quarantine',
    returns: 'Returns',
    privacy: 'Privacy',
    explain: 'Explain routing',
    campaigns: 'Campaigns',
    reports: 'Reports',
    setup: 'Setup',
  },
  downloaded: 'The file was downloaded.',
  downloadCsv: 'Download CSV',
  allSchools: 'All schools',
  enterContact: 'Enter a valid email address or a 10-digit phone number.',
} as const

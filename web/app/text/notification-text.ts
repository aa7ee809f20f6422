/** Text of the notifications of console and portal. What happened is worded in shared/domain. */
export const notificationsText = {
  title: 'Notifications',
  intro: 'What happened in the last 90 days that you may want to act on.',
  empty: 'Nothing yet.',
  columns: { what: 'What happened', when: 'When' },
  settings: 'Emails to you',
  settingsHelp: 'Choose when you’re emailed. “Daily” is one email at 8 AM with everything since the last.',
  keyHelp: 'Emails go to people who sign in with their email address. A key has no settings.',
  timings: { 'at-once': 'Right away', daily: 'Daily', off: 'No email' },
  asForRole: (timing: string) => `As for your role: ${timing}`,
  save: 'Save',
  saved: 'Saved.',
} as const

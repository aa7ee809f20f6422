/** Every sentence around the notifications in an email, in US English. */
export const notificationEmailText = {
  more: (count: number) => `and ${count} more`,
  heading: (place: string) => `News from ${place}`,
  console: 'the staff console',
  portal: (school: string) => `your leads at ${school}`,
  publisher: (source: string) => `your leads of ${source}`,
  open: { operator: 'Open the console', school: 'Open the portal', source: 'Open the publisher page' },
  left: (count: number) => `${count} more are in the list.`,
  settings: 'You choose what you are told of, and when, on the page Notifications.',
} as const

/** Every sentence of the emails by which people sign in, in US English. */
export const accessEmailText = {
  invitation: {
    subject: (place: string) => `You’re invited to ${place}`,
    heading: (place: string) => `Join ${place}`,
    intro: (inviter: string | undefined, place: string) =>
      inviter === undefined ? `You’ve been given access to ${place}.` : `${inviter} gave you access to ${place}.`,
    action: () => 'Accept the invitation',
    once: 'The link works once and expires in 7 days. After that, sign in with your email address.',
    unexpected: 'If you didn’t expect this, you can ignore this email. Nothing happens unless you open the link.',
  },
  signIn: {
    subject: (place: string) => `Sign in to ${place}`,
    heading: (place: string) => `Sign in to ${place}`,
    intro: () => 'Someone, hopefully you, asked for a link to sign in.',
    action: (place: string) => `Sign in to ${place}`,
    once: 'The link works once, for 15 minutes, in the browser where you asked for it.',
    unexpected: 'If you didn’t ask for it, you can ignore this email. No one can sign in without the link.',
  },
  console: 'the staff console',
  portal: (school: string) => `the portal of ${school}`,
  portals: 'the school portal',
  publisherPage: (source: string) => `the publisher page of ${source}`,
  publisherPages: 'the publisher page',
} as const

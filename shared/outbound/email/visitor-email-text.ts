/** Every sentence of the emails to visitors, in US English. */
export const visitorEmailText = {
  confirmation: {
    subject: 'Your request for information',
    heading: 'We got your request',
    paragraphs: [
      'You asked for information about programs and agreed that these schools may call, text, and email you:',
    ],
    link: 'See, stop, or delete my request',
    after: [
      'Changed your mind, or wasn’t this you? Open the link to stop contact from one school or from all of them. It’s free, and it works at any time.',
    ],
  },
  'access-link': {
    subject: 'Your private link',
    heading: 'Your private link',
    paragraphs: [
      'Someone, probably you, asked to see the request for information that was made with this email address.',
    ],
    link: 'Open my request',
    after: [
      'The link works for one hour. Don’t forward this email: whoever has the link can see and delete the request.',
      'If you didn’t ask for this, do nothing. Nothing has changed.',
    ],
  },
  footer: 'This email was sent once, because a form was filled out with this address. We won’t send you ads.',
} as const

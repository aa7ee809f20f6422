/** Every sentence of the emails to visitors, in US English. */
export const visitorEmailText = {
  confirmation: {
    subject: 'Your request for information',
    heading: 'We got your request',
    paragraphs: [
      'You asked for information about programs and agreed that these schools may call, text, and email you:',
    ],
    link: 'Stop contact from schools',
    after: [
      'Changed your mind, or wasn’t this you? Open the link to stop contact from one school or from all of them. It’s free, and it works at any time.',
    ],
  },
  footer: 'This email was sent once, because a form was filled out with this address. We won’t send you ads.',
} as const

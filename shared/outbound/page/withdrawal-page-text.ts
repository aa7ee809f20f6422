/** Every sentence of the page on which a visitor withdraws consent. */
export const withdrawalPageText = {
  title: 'Stop contact from schools',
  intro:
    'You asked schools for information and agreed that they may contact you. You can change your mind here, at any time and for free.',
  whatHappens: {
    title: 'What happens',
    points: [
      "We won't send your request to any more schools.",
      "We'll tell every school that has your request to stop calling, texting, and emailing you.",
      'Schools must stop right away, and within 10 business days at the latest.',
    ],
  },
  all: 'Stop contact from all schools',
  oneTitle: 'Or stop contact from only one school',
  one: (school: string) => `Stop contact from ${school}`,
  later: 'If you fill out another form and agree again, the schools named there may contact you.',
  done: {
    title: "You're done. We've recorded your choice.",
    all: "We're telling every school that has your request to stop contacting you. They must stop within 10 business days at the latest.",
    one: (school: string) =>
      `We're telling ${school} to stop contacting you. It must stop within 10 business days at the latest. Other schools you agreed to may still contact you.`,
    close: 'You can close this page.',
  },
} as const

/** What each step of the request is called. The consent text speaks of the last button by its name. */
export const formLabels = {
  visitor: {
    title: 'Request tuition information',
    intro: 'See which schools would take you. Nothing asked here says who you are.',
    submit: 'Find schools',
  },
  questions: {
    title: 'What the schools would like to know',
    intro: 'Your answers decide which of them can take you.',
    submit: 'Continue',
  },
  contact: {
    title: 'How the schools can reach you',
    intro: 'Nothing is sent until you agree below.',
    submit: 'Request information',
  },
} as const

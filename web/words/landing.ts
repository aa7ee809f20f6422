/** The landing pages around the form: home, careers, one career, errors, and the pages of the sample. */
export const landingText = {
  skip: 'Skip to content',
  footerLinks: { privacy: 'Privacy policy', terms: 'Terms of use', contact: 'Contact', docs: 'API documentation' },
  siteLinks: 'Site',
  breadcrumb: 'Breadcrumb',
  allCareers: 'All careers',
  home: 'Home',
  backTo: (career: string) => `Back to ${career}`,
  homePage: {
    title: (siteName: string) => `${siteName}: careers, pay, and schools`,
    heading: 'Find a career, see what it pays, and meet schools that teach it',
    intro: 'Pay and growth from public data, and schools that send you tuition information for free.',
    description: 'Look up careers: pay, growth, education, and schools that send you tuition information for free.',
    search: 'Search careers',
    searchHelp: 'Such as records, coding, or database.',
    submit: 'Search',
    popular: 'Careers',
    results: (count: number, query: string) => `${count === 1 ? '1 career' : `${count} careers`} found for “${query}”`,
    none: 'No career has these words. Try one word, such as “health”, or look through all careers.',
  },
  careers: {
    title: 'Careers',
    description: 'Requirements, pay, and schools for each career.',
    more: 'More careers',
  },
  career: {
    title: (career: string, page: number) =>
      `${career}: duties, education, and pay${page > 1 ? ` (schools, page ${page})` : ''}`,
    alsoCalled: (aliases: string) => `Also called ${aliases}.`,
    request: 'Request tuition information',
    seeSchools: 'See schools',
    contents: 'On this page',
    facts: 'At a glance',
    education: 'Education requirements',
    related: 'Explore related careers',
    degrees: 'Degree options',
    programCount: (count: number) => (count === 1 ? '1 program' : `${count} programs`),
    sources: 'Sources',
  },
  figures: {
    title: 'Key figures',
    median: 'Typical pay',
    mean: 'Average pay',
    growth: 'Job growth',
    education: 'Typical education',
    range: (low: string, high: string) => `Most people earn from ${low} to ${high}`,
    rangeHelp: '1 in 10 earn less, and 1 in 10 earn more.',
    from: (period: string, source: string) => `${period}, ${source}`,
  },
  listing: {
    count: (count: number) => (count === 1 ? '1 school' : `${count} schools`),
    filters: 'Filter schools',
    state: 'State or ZIP code',
    stateHelp: 'Such as TX or 78701.',
    unknownState: 'Enter a state, such as TX, or a 5-digit ZIP code.',
    level: 'Level',
    modality: 'Format',
    any: 'Any',
    apply: 'Show schools',
    clear: 'Show all schools',
    none: 'No schools match these filters.',
    request: 'Request information',
    requestFor: (program: string, school: string) => `Request information: ${program}, ${school}`,
    previous: '« Previous',
    next: 'Next »',
  },
  states: {
    title: 'Pay and jobs by state',
    picker: 'Show the data of a state',
    nation: 'United States only',
    submit: 'Show',
    caption: (period: string, source: string) =>
      `States by median pay a year, ${period}. Jobs do not include self-employed people. Source: ${source}.`,
    more: (count: number) => `Show ${count} more`,
    pay: (amount: string) => `${amount} a year`,
    noPay: 'Pay not available',
    jobs: (count: string) => `${count} jobs`,
  },
  description: (career: string, figures: readonly string[]) =>
    `${career}: ${[...figures, 'what to study', 'and schools to compare'].join(', ')}. Request tuition information for free.`,
  figureInDescription: {
    pay: (amount: string) => `${amount} a year`,
    growth: (percent: string) => `${percent} job growth`,
  },
  agreement: {
    update: 'Update the agreement',
    skipQuestions: "If you can't answer a school's question, uncheck that school above.",
    updated: 'The agreement now names only the schools you selected. Please read it and agree.',
  },
  thanks: 'Thank you',
  notFound: { title: 'Page not found', text: 'It may have moved, or the address may be misspelled.' },
  unavailable: {
    title: 'Temporarily unavailable',
    text: "We can't show this page right now. Please try again in a minute.",
  },
  crossSitePost: {
    title: 'Please use the form on this site',
    text: 'Your answers came from another website. Please fill out the form here, so you can read what you agree to.',
  },
  methodNotAllowed: {
    title: 'Something went wrong',
    text: 'Go back and try again, or start with the list of careers.',
  },
} as const

/** What `npm start` shows in place of the settings of a publisher. */
export const sampleSiteText = {
  name: 'Career Prospectus',
  tagline: 'Careers, salaries, and schools',
  footer:
    'This is a sample landing page built with the Prospectus API. The schools are fictional; the career data is real.',
  privacy: {
    title: 'Privacy policy',
    paragraphs: [
      'This is a sample site. When you request information, we save your name, email address, phone number, ZIP code, and answers, and send them only to the schools that your agreement names.',
      'You can withdraw your agreement at any time by the link on the thank-you page. Schools are then told to stop contacting you.',
      'A site for real visitors links to the privacy policy of its publisher here.',
    ],
  },
  terms: {
    title: 'Terms of use',
    paragraphs: [
      'This is a sample site. The schools are fictional, and nothing here is an offer.',
      'A site for real visitors links to the terms of its publisher here.',
    ],
  },
} as const

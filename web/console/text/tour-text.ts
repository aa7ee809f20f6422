/** Text of the tour of the console: what to click first. */
export const tourText = {
  title: 'Tour',
  intro: 'Ten minutes with the console. Each step opens a page; come back here for the next one.',
  invitation: 'New here? The tour shows what to click first.',
  open: 'Take the tour',
  openAgain: 'Tour',
  dismiss: 'Dismiss',
  dismissHelp: 'You can open it again on the overview page.',
  steps: [
    {
      to: '/',
      link: 'See how today is going',
      text: 'How many leads came in, how many were sold, and what needs attention. Each figure opens its list.',
    },
    {
      to: '/leads',
      link: 'Open a lead',
      text: 'Its page shows the consent, every school that was considered with the reason, each delivery attempt, and what the school did with it.',
    },
    {
      to: '/leads?outcome=unmatched',
      link: 'Find out why a lead was not sold',
      text: 'Open one and read the reasons: a cap that was full, a rule, a school that the visitor did not choose.',
    },
    {
      to: '/deliveries?state=parked',
      link: 'Look at deliveries that are waiting',
      text: 'A school’s system fails or its mailbox bounced. Prospectus keeps trying, and you can resend.',
    },
    {
      to: '/quarantine',
      link: 'Review a suspicious lead',
      text: 'Release it to schools, or reject it. Nothing is sent until you decide.',
    },
    {
      to: '/returns',
      link: 'Decide a return',
      text: 'A school asks for credit and says why. Accept it, or deny it with an answer.',
    },
    {
      to: '/explain',
      link: 'Ask why a school gets a lead or not',
      text: 'Enter what a visitor would enter. Nothing is stored or sent.',
    },
    {
      to: '/reports',
      link: 'Read the reports',
      text: 'Leads, results, and revenue by day, school, and source, also as CSV.',
    },
    {
      to: '/setup',
      link: 'Set up your own school',
      text: 'Add a school, its programs, and a campaign with price, caps, and delivery. Send a test lead before you start it.',
    },
  ],
} as const

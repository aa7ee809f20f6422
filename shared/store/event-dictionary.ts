const data = {
  leadId: 'lead_',
  deliveryId: 'dlv_',
  test: false,
  school: { id: '', name: '' },
  program: {
    id: '',
    name: 'Associate of Bachelor of Science in Health Information Technology',
    level: '',
    modality: '',
  },
  contact: { firstName: '', lastName: '', email: '@yahoo.com@gmail.com', phone: '+1', zip: '', state: '' },
  education: { highestLevel: 'ged bachelor associate some-college high-school-diploma' },
  startWindow: 'immediately 4-6-months 1-3-months',
  modality: 'campus hybrid online',
  age: 2,
  military: true,
  gpa: 3,
  subIds: { gclid: '', fbclid: '', sub1: '' },
  utm: { source: 'google facebook', medium: 'cpc email', campaign: '', term: '', content: '' },
  answers: {},
  consent: {
    grantedAt: '2027-01-01T00:00:00.000Z',
    version: '2026-11-01',
    sha256: '',
    text:
      'By choosing “Request information,” I give my electronic signature and agree that College and University may ' +
      'contact me about education at the phone number and email address I entered here, by call, text message, and email, ' +
      'using automated dialing technology and prerecorded or artificial voice messages, even if my number is on a ' +
      'do-not-call list. Consent is not required to enroll or to make a purchase. Message and data rates may apply. I can ' +
      'withdraw my consent at any time by any reasonable means.',
    certificateUrl: 'https://cert.trustedform.com/',
    claimedBy: 'publisher',
    ip: '192.168.',
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) (Linux; Android 10; K) (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 ' +
      'Version/18.5 Mobile/15E148 Safari/604.1 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) ' +
      'Chrome/140.0.0.0 Safari/537.36',
  },
  source: { id: '', name: 'Landing page' },
  careerSlug: 'health-record-technician',
  page: { url: 'https://www.?utm_source=&utm_medium=&utm_campaign=', referrer: 'https://www.google.com/' },
  campaignId: '',
  priceCents: 4500,
}
const body = JSON.stringify({ type: 'lead.created', timestamp: '2027-01-01T00:00:00.000Z', data })
const binding = { legalName: '', programName: '', consentSha256: '', schoolGeneration: 2, campaignGeneration: 2 }

/** What most events of leads have in common. Stored rows can be read with these bytes only, so they never change. */
export const eventDictionary = Buffer.from(JSON.stringify({ binding, traceparent: '00-', body }))

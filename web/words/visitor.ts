import type { ProblemCode } from '../../shared/contract/problems.ts'
import { getOwn } from '../form/get-own.ts'

/*
 * Every sentence that visitors read in the widget and on the landing pages, by the part of the page that shows it.
 * US English, 8th-grade reading level. Labels of answer options are in choices.ts; legal texts are dated data of the API.
 * Several constants, not one, so that the widget carries only the texts it shows.
 */

/** The steps of the request form. The consent text quotes the last button by its name. */
export const stepText = {
  visitor: {
    title: 'Request tuition information',
    intro: "See which schools match. We don't ask for your name or contact info yet.",
    submit: 'Find schools',
  },
  questions: {
    title: 'A few questions from the schools',
    intro: 'Your answers determine which schools can help you.',
    submit: 'Continue',
  },
  contact: {
    title: 'Your contact information',
    intro: "We won't send anything until you agree below.",
    submit: 'Request information',
  },
} as const

const tooYoung = "We can't send requests for people your age. A parent or guardian can contact the schools for you."

/** Labels, help and errors of the fields that every form has. `invalid` covers every fault without a sentence of its own. */
export const fieldText = {
  zip: {
    label: 'ZIP code',
    help: '5-digit ZIP. Programs vary by state.',
    errors: {
      missing: 'Enter your ZIP code.',
      invalid: 'Enter a 5-digit ZIP code.',
      unknown_zip: "We can't find that ZIP code.",
    },
  },
  highestLevel: {
    label: 'Highest level of education',
    errors: { invalid: 'Choose your highest level of education.' },
  },
  age: {
    label: 'Age',
    help: 'Schools can contact only people who are old enough.',
    errors: {
      missing: 'Enter your age.',
      required: 'Enter your age.',
      invalid: 'Enter your age in years, like 24.',
      too_small: tooYoung,
      too_young: tooYoung,
    },
  },
  startWindow: {
    label: 'When would you like to start?',
    errors: { invalid: 'Choose one of the start dates.' },
  },
  modality: {
    label: 'How would you like to study?',
    errors: { invalid: 'Choose online, on campus, or hybrid.' },
  },
  firstName: {
    label: 'First name',
    errors: { missing: 'Enter your first name.', invalid: 'Enter your first name, up to 80 letters.' },
  },
  lastName: {
    label: 'Last name',
    errors: { missing: 'Enter your last name.', invalid: 'Enter your last name, up to 80 letters.' },
  },
  email: {
    label: 'Email address',
    errors: {
      missing: 'Enter your email address.',
      invalid: 'Enter a valid email address, like name@example.com',
    },
  },
  phone: {
    label: 'Phone number',
    errors: {
      missing: 'Enter your phone number.',
      invalid: 'Enter a valid 10-digit phone number, like (512) 555-0123',
      toll_free_phone: 'Enter your own phone number, not a toll-free number.',
      premium_phone: 'Enter your own phone number, not a 900 number.',
      foreign_phone: 'Enter a U.S. phone number.',
    },
  },
  schools: {
    label: 'Schools that may contact you',
    help: "Uncheck any school you don't want to hear from. Schools pay us for inquiries, and payment affects which schools are shown.",
    errors: { missing: 'Select at least one school.', invalid: 'Select only schools from this list.' },
  },
  consent: {
    label: 'Your agreement',
    checkbox: 'I agree',
    noSchool: 'Select at least one school.',
    errors: { invalid: 'Check the box to agree.' },
  },
  emailHint: 'Did you mean',
  honeypot: { label: 'Leave this empty' },
} as const

/** A question that a school asks, and what is wrong with its answer. */
export const questionText = {
  matched: (count: number, schoolNames: string) =>
    count === 1 ? `1 school matches: ${schoolNames}.` : `${count} schools match: ${schoolNames}.`,
  skip: (count: number) =>
    count === 1 ? 'Skip, and leave this school out' : `Skip, and leave these ${count} schools out`,
  askedBy: (schoolNames: string) => `Question from ${schoolNames}`,
  yes: 'Yes',
  no: 'No',
  missing: 'Please answer this question.',
  invalidChoice: 'Choose one of the answers.',
  invalidDate: 'Enter a date.',
  invalidText: (maxLength: number) => `Enter up to ${maxLength} characters.`,
  invalidNumber: (min: number | undefined, max: number | undefined) => {
    if (min !== undefined && max !== undefined) return `Enter a number from ${min} to ${max}.`
    if (min !== undefined) return `Enter a number of ${min} or more.`
    return max === undefined ? 'Enter a number.' : `Enter a number of ${max} or less.`
  },
}

export const formText = {
  subject: ({ name, schoolName }: { name: string; schoolName: string }) => `${name}, ${schoolName}`,
  optional: '(optional)',
  chooseOne: 'Choose one',
  noPreference: 'No preference',
  changeAnswers: 'Change my answers',
  startOver: 'Start over',
  sending: 'One moment...',
  retrying: "We can't connect. Trying again...",
  offline: "You're offline. Your answers are still here. We'll go on when you're back online.",
  errorSummary: (count: number) =>
    count === 1 ? "There's a problem with your form" : `There are ${count} problems with your form`,
} as const

/** What a visitor reads when a request fails as a whole. */
export const failureText = {
  noConnection: "We can't connect. Your answers are still here. Please try again; you won't be signed up twice.",
  notSecure: "This page isn't secure, so you can't remove schools from the list. Select all of them to continue.",
  reviewAgreement: 'The list of schools was updated. Please read the agreement again.',
  earlierAnswer: "There's a problem with one of your earlier answers. Please check them and try again.",
  /** The page is set up wrong, or its API cannot be reached. */
  unavailable: "This isn't available right now.",
} as const

const failuresByCode: { readonly [code in ProblemCode]?: string } = {
  INVALID_REQUEST: failureText.earlierAnswer,
  IDEMPOTENCY_KEY_REUSED: "You've already requested information, so we didn't send it again.",
  MATCH_EXPIRED: failureText.reviewAgreement,
  MATCH_INVALID: failureText.reviewAgreement,
  CONSENT_MISMATCH: failureText.reviewAgreement,
  SCHOOL_UNKNOWN: failureText.reviewAgreement,
  SOURCE_PAUSED: failureText.unavailable,
  ORIGIN_NOT_ALLOWED: failureText.unavailable,
  KEY_REQUIRED: failureText.unavailable,
  KEY_INVALID: failureText.unavailable,
  TOO_MANY_REQUESTS: 'Too many requests right now. Please wait a minute and try again.',
}

/** What keeps a request from being sent although all fields are right. */
export const proofText = {
  unfinishedCheck: "Please finish the check that you're a person, above the button. Then try again.",
  blockedCheck:
    "The check that you're a person couldn't load. An ad blocker may be blocking challenges.cloudflare.com. Allow it and reload, or send again without it: then we'll review your request by hand.",
  noCertificate:
    "We couldn't record how you filled in this form, so we can't send it. An ad blocker may be blocking trustedform.com. Allow it and reload. Your answers stay here.",
} as const

/** The sentence for a problem code of the API. */
export function describeFailure(code: string): string {
  return getOwn(failuresByCode, code) ?? 'Something went wrong. Please try again.'
}

/**
 * The page after the form, by the outcome of the request. A page is never told that a person is known already, so
 * `accepted` is true for a person who asked before, too.
 */
export const thanksText = {
  accepted: {
    title: 'Thanks! We have your request.',
    text: "A school that already has your request won't get it twice. You asked to hear from these schools about tuition, financial aid, and how to start:",
  },
  duplicate: {
    title: "You've already requested information",
    text: "The schools already have your earlier request, so we didn't send it again.",
  },
  unmatched: {
    title: 'Thanks! We have your request.',
    text: "None of these schools can take it right now. We'll keep it and send it only to schools you agreed to.",
  },
} as const

export const withdrawalLabel = 'Withdraw my agreement'

/** The parts of one sentence, with the link by `withdrawalLabel` if the receipt has one. */
export const buildOptOutText = <Link>(link: Link | undefined, hasSchools: boolean) => [
  'You can opt out at any time: ',
  link,
  link && ', or ',
  `contact ${hasSchools ? 'any of these schools or ' : ''}this website.`,
]

export const noMatchText = {
  programTitle: 'This program is not available to you',
  programText: (program: string, school: string) =>
    `${school} doesn't offer ${program} where you live, or not with your answers. We didn't send anything. Other schools may match.`,
  others: 'See other schools',
  title: 'No matching schools',
  text: "No schools match your request right now. We didn't send anything, and no one has your contact information.",
} as const

export const listingText = {
  title: 'Schools',
  sponsoredListing: 'Sponsored listing.',
  sponsored: 'Sponsored',
  empty: 'No schools are listed here right now.',
  pages: 'Pages of schools',
  page: (number: number) => `Page ${number}`,
} as const

export const factsText = {
  caption: 'Data by period and source',
  columns: ['Fact', 'Value', 'Period', 'Source'],
  average: 'average',
  outdated: (year: string) => `${year} data`,
} as const

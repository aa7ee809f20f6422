import type { Problem } from '#shared/contract/problems.ts'

/** A failed call: the stable code of the API, and a sentence of our own if the page has a better one. */
export type ApiProblem = Pick<Problem, 'code'> &
  Partial<Pick<Problem, 'errors' | 'instance'>> & { message?: string | undefined }

/** The code for a request that got no response. */
export const unreachable = 'UNREACHABLE'

/** What people read for each problem code. Codes that the API returns only to visitors and publishers are included. */
export const problemText: { readonly [code: string]: string } = {
  [unreachable]: 'We can’t reach the server. Check your connection and try again.',
  MALFORMED_JSON: 'The request could not be read. Reload the page and try again.',
  IDEMPOTENCY_KEY_REQUIRED: 'The request could not be read. Reload the page and try again.',
  KEY_REQUIRED: 'Sign in to continue.',
  KEY_INVALID: 'That key isn’t valid. Sign in again.',
  SESSION_INVALID: 'You’re signed out. Sign in again.',
  ROLE_NOT_ALLOWED: 'Your role doesn’t allow this. Ask an admin for another role.',
  APP_HEADER_REQUIRED: 'The request could not be read. Reload the page and try again.',
  LINK_OTHER_BROWSER: 'Open this link in the browser where you asked for it, or ask for a new link in this browser.',
  SECOND_FACTOR_REQUIRED: 'Enter the code from your authenticator app first.',
  SECOND_FACTOR_SETUP_REQUIRED: 'Set up an authenticator app first.',
  OWN_SECOND_FACTOR: 'You can’t reset your own authenticator app. Ask another owner.',
  PROVIDER_REFUSED: 'Your sign-in provider didn’t sign you in. Try again, or use a sign-in link.',
  PROVIDER_EMAIL_UNKNOWN: 'No one signs in here with the email of that account. Ask an owner to invite you.',
  PROVIDER_SIGN_IN_EXPIRED: 'That sign-in was started in another browser or took too long. Start again.',
  PROVIDER_UNAVAILABLE: 'We can’t reach your sign-in provider. Try again in a few minutes, or use a sign-in link.',
  CODE_WRONG: 'That code isn’t right, or it was already used. Enter the code that the app shows now.',
  CODES_LOCKED: 'Too many wrong codes. Wait an hour, or ask another owner to reset your authenticator app.',
  EMAIL_TAKEN: 'Someone already signs in here with this email address.',
  TOO_MANY_PEOPLE: 'Too many people have access. Delete some first.',
  PERSON_DISABLED: 'This person is disabled. Let them sign in again first.',
  LAST_OWNER: 'This is the last active owner. Make someone else an owner first.',
  SECRET_KEY_REQUIRED: 'This needs the secret key of the source.',
  KEY_READ_ONLY: 'You have view-only access. Ask for a key that can make changes.',
  FIREWALL_BLOCKED:
    'The firewall blocked this request because it looked like an attack. Contact the team that runs this site.',
  EDGE_REQUIRED: 'This address is not public. Use the public address of the site.',
  SOURCE_PAUSED: 'This source is paused.',
  ORIGIN_NOT_ALLOWED: 'This key can’t be used on this website.',
  ROUTE_NOT_FOUND: 'Not found. It may have been deleted.',
  NOT_FOUND: 'Not found. It may have been deleted.',
  METHOD_NOT_ALLOWED: 'The request could not be handled. Reload the page and try again.',
  TOO_MANY_KEYS: 'Too many keys with this name are active. Revoke one first.',
  TOO_MANY_SESSIONS:
    'Your school has too many active sessions and keys. Sign out somewhere else, or ask your lead provider to end some. Then open the link again.',
  TOO_MANY_LINKS: 'This school has too many unopened links. Revoke some first.',
  NOT_A_SESSION: 'You are signed in with an access key. Ask your lead provider to revoke it.',
  NOT_DELIVERED: 'This lead hasn’t been delivered to the school.',
  NOT_TAKEABLE: 'This lead can’t be opened.',
  DELIVERY_IN_PROGRESS: 'This lead is being sent right now. Reload the page in a few seconds.',
  NOT_RETURNABLE: 'Credit can’t be requested for this lead.',
  DISPOSITION_FINAL: 'This status can’t be undone anymore. Save another status instead.',
  RETURN_LIMIT_REACHED: 'Your campaign allows no more credit requests this month.',
  RETURN_TOO_LATE: 'The deadline to request credit for this lead has passed.',
  RETURN_EXISTS: 'Credit was already requested for this lead.',
  RETURN_NOT_PENDING: 'This credit request has already been decided.',
  NOT_REPLAYABLE: 'This lead can’t be resent.',
  CAP_REACHED: 'A cap has been reached. Raise the cap, or wait until it resets.',
  NOT_QUARANTINED: 'This lead is no longer in review.',
  LEAD_TOO_OLD: 'This lead is too old to be sent to schools.',
  NOT_REVERSIBLE: 'This entry can’t be reversed. Record an adjustment instead.',
  ALREADY_LIFTED: 'This suppression has already been lifted.',
  STILL_NEEDED: 'Other records use this one. Remove it from them first.',
  STAFF_PAUSED: 'Your lead provider paused this campaign, so only they can resume it.',
  TOO_MANY_SECRETS: 'Too many secrets are active. Wait until the oldest expires, or choose a shorter overlap.',
  LEAD_ERASED: 'This person’s data was deleted.',
  LINK_USED: 'This link was already used. Ask your lead provider for a new one.',
  LINK_EXPIRED: 'This link has expired. Ask your lead provider for a new one.',
  LINK_REVOKED: 'Your lead provider revoked this link. Ask them for a new one.',
  LINK_UNKNOWN: 'This link is incomplete. Copy the whole link, or ask your lead provider for a new one.',
  VERSION_CONFLICT: 'Someone else changed this record. Reload it to see the current version.',
  BODY_TOO_LARGE: 'The request is too large. Shorten the text and try again.',
  UNSUPPORTED_MEDIA_TYPE: 'The request could not be read. Reload the page and try again.',
  INVALID_REQUEST: 'Some fields need to be corrected.',
  IDEMPOTENCY_KEY_REUSED: 'The request was already sent with different values. Reload the page and try again.',
  MATCH_INVALID: 'The request has expired. Start again.',
  MATCH_EXPIRED: 'The request has expired. Start again.',
  CONSENT_MISMATCH: 'The consent text has changed. Start again.',
  SCHOOL_UNKNOWN: 'That school is not available. Start again.',
  PRECONDITION_REQUIRED: 'This record may have changed. Reload the page and make your change again.',
  TOO_MANY_REQUESTS: 'Too many requests. Wait a minute and try again.',
  FAULT: 'Something went wrong on our end. Please try again.',
  CONFLICT_RETRY: 'Someone else was changing this at the same time. Please try again.',
  THROTTLED: 'The system is busy. Please try again in a moment.',
  UNAVAILABLE: 'The service is temporarily unavailable. Please try again in a few minutes.',
}

/** Returns one sentence or two for people: what is wrong and what to do. */
export function describeProblem({ code, instance, message }: ApiProblem): string {
  const text = message ?? problemText[code] ?? problemText.FAULT ?? ''
  return code === 'FAULT' && instance !== undefined ? `${text} Incident ID: ${instance}` : text
}

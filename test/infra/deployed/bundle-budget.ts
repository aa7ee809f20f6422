/**
 * The most kilobytes (1,024 bytes) that the bundle of each Lambda may have, with the SDK: every cold start loads all of them.
 * Lower a figure when a bundle shrinks; raise one only with the reason in the commit. `npm run bench:lambdas` prints them.
 */
export const bundleBudget: { [lambda: string]: number } = {
  catalog: 555,
  capture: 1000,
  school: 930,
  publisher: 705,
  operator: 1185,
  'worker/deliver': 1510,
}
/** Of each other worker. */
export const workerBundleBudget = 560

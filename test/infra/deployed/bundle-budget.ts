/**
 * The most kilobytes (1,024 bytes) that the bundle of each Lambda may have, with the SDK: every cold start loads all of them.
 * Lower a figure when a bundle shrinks; raise one only with the reason in the commit. `npm run bench:lambdas` prints them.
 */
export const bundleBudget: { [lambda: string]: number } = {
  catalog: 450,
  capture: 915,
  school: 865,
  publisher: 615,
  operator: 1140,
  'worker/deliver': 1495,
}
/** Of each other worker. */
export const workerBundleBudget = 560

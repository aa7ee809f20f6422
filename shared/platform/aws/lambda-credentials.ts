import { fromEnv } from '@aws-sdk/credential-provider-env'

/**
 * Stands in for the SDK's chain of credential providers in the bundles of Lambdas (see `service-function.ts`). A Lambda has
 * its credentials in its environment; the chain's other providers are 130 kB that each cold start would load.
 */
export const defaultProvider = fromEnv

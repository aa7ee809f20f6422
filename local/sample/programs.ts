import { california } from './programs/california.ts'
import { florida } from './programs/florida.ts'
import { ohio } from './programs/ohio.ts'
import { texas } from './programs/texas.ts'

/** Programs without `states` are offered everywhere. Only sponsored ones have a campaign that pays for their enquiries. */
export const programs = [...texas, ...california, ...florida, ...ohio]

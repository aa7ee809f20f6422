import { california } from './programs/california.ts'
import { florida } from './programs/florida.ts'
import { ohio } from './programs/ohio.ts'
import { texas } from './programs/texas.ts'

/** Programs without `states` are offered everywhere. Only sponsored programs have a campaign that pays for leads. */
export const programs = [...texas, ...california, ...florida, ...ohio]

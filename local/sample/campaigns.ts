import { california } from './campaigns/california.ts'
import { florida } from './campaigns/florida.ts'
import { ohio } from './campaigns/ohio.ts'
import { texas } from './campaigns/texas.ts'

/**
 * Priorities run from 200 to 300, so that a campaign that you add (100 by default) comes before them all. In each state the
 * first three take anyone at any hour: two by webhook and one by e-mail.
 */
export function campaigns({ webhookUrl }: { webhookUrl: string }) {
  return [...texas(webhookUrl), ...california(webhookUrl), ...florida(webhookUrl), ...ohio(webhookUrl)]
}

import { Command } from 'commander'
import { exportLeads } from './export-leads.ts'
import { listLeads } from './list-leads.ts'
import { replayLead } from './replay-lead.ts'
import { revealLead } from './reveal-lead.ts'
import { searchLeads } from './search-leads.ts'
import { showLead } from './show-lead.ts'

export const leads = new Command('leads')
  .description('Find leads, read their stories, export them, and have them sent once more.')
  .addCommand(listLeads)
  .addCommand(searchLeads)
  .addCommand(showLead)
  .addCommand(revealLead)
  .addCommand(exportLeads)
  .addCommand(replayLead)

import { Command } from 'commander'
import { importCrosswalk } from './crosswalk/import-crosswalk.ts'
import { importOnet } from './onet/import-onet.ts'
import { importProjections } from './projections/import-projections.ts'
import { importWages } from './wages/import-wages.ts'

export const importCommands = new Command('import')
  .description('Fill careers from public data files that were downloaded (docs/importing.md).')
  .addCommand(importWages)
  .addCommand(importProjections)
  .addCommand(importOnet)
  .addCommand(importCrosswalk)

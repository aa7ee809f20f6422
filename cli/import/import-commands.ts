import { Command } from 'commander'
import { importCrosswalk } from './crosswalk/import-crosswalk.ts'
import { importOnet } from './onet/import-onet.ts'
import { importEducation, importProjections } from './projections/import-projections.ts'
import { importWages } from './wages/import-wages.ts'

export const importCommands = new Command('import')
  .description('Import facts into careers from downloaded public data files (docs/importing.md).')
  .addCommand(importWages)
  .addCommand(importProjections)
  .addCommand(importEducation)
  .addCommand(importOnet)
  .addCommand(importCrosswalk)

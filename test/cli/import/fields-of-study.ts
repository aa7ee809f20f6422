import type { Cells } from './create-workbook.ts'

export const crosswalkRows: readonly Cells[] = [
  ['CIP2020Code', 'CIP2020Title', 'SOC2018Code', 'SOC2018Title'],
  ['51.0707', 'Health Information/Medical Records Technology/Technician.', '29-2072', 'Medical Records Specialists'],
  ['51.0713', 'Medical Insurance Coding Specialist/Coder.', '29-2072', 'Medical Records Specialists'],
  ['01.0000', 'Agriculture, General.', '99-9999', 'NO MATCH'],
  ['99.9999', 'NO MATCH', '29-2072', 'Medical Records Specialists'],
  [1.01, 'Agricultural Business.', '11-9111', 'Medical and Health Services Managers'],
]

export const scorecardCsv = [
  'UNITID,OPEID6,INSTNM,CONTROL,MAIN,CIPCODE,CIPDESC,CREDLEV,CREDDESC,IPEDSCOUNT1',
  '100654,001002,"Example A & M University, Main",Public,1,5107,Health and Medical Administrative Services.,3,Bachelor’s,PS',
  'NULL,001005,Another College,Public,1,5107,Health and Medical Administrative Services.,2,Associate,NULL',
  'PS,001011,Third College,Public,1,5107,Health and Medical Administrative Services.,5,Master’s,PS',
  '100700,001006,Kept Back College,Public,1,PS,PS,2,Associate,NULL',
  '100701,001007,No Level College,Public,1,5107,Health and Medical Administrative Services.,NULL,NULL,1',
  '100702,001008,Farm College,Public,1,0101,Agricultural Business and Management.,1,Certificate,1',
  '100703,001009,Other College,Public,1,5138,Nursing.,3,Bachelor’s,1',
].join('\r\n')

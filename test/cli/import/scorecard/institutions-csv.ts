const header =
  'UNITID,OPEID,OPEID6,INSTNM,CITY,STABBR,ZIP,ACCREDAGENCY,INSTURL,MAIN,CONTROL,CURROPER,TUITIONFEE_IN,TUITIONFEE_OUT,C150_4,C150_L4'

/** A file of the layout of `Most-Recent-Cohorts-Institution.csv`, of some of its columns. */
export const institutionsCsv = [
  header,
  '100654,00100200,001002,Alabama A & M University,Normal,AL,35762,Southern Association of Colleges and Schools Commission on Colleges,www.aamu.edu/,1,1,1,10024,18634,0.2807,NULL',
  '228778,00365800,003658,The University of Texas at Austin,Austin,TX,78712-1111,Southern Association of Colleges,https://www.utexas.edu,1,1,1,11678,42778,0.8769,NULL',
  '222992,00300400,003004,Columbia College,El Paso,TX,79901,NULL,NULL,1,3,1,NULL,NULL,NULL,0.6123',
  '177065,00245600,002456,Columbia College,Columbia,MO,65216,Higher Learning Commission,www.ccis.edu,1,2,1,24326,24326,0.45,NULL',
  '999999,00999900,009999,Closed College,Waco,TX,76701,NULL,NULL,1,3,0,1,1,NULL,NULL',
].join('\r\n')

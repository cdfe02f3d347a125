// What people enter about their own organisation has a source like everything else.
// A migration changes data; constraints and indexes come from madang_graph/schema.py.
MERGE (s:Source {id: 'src_self'})
SET s.key = 'self',
    s.title_ko = '직접 입력',
    s.title_en = 'Entered by its own people',
    s.attribution = '',
    s.licence = '',
    s.synthetic = false;

-- What were areas and criteria called before, and what are they called now?
SELECT former, code FROM former_name ORDER BY former;

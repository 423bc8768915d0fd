"""The function in edge.yaml that follows Mackerel's list, run with an AWS and a Mackerel of paper."""

import contextlib
import io
import json
import os
import re
import sys
import textwrap
import types
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = (ROOT / 'deploy/aws/edge.yaml').read_text(encoding='utf-8')
SHIPPED = json.loads((ROOT / 'src/main/resources/dev/mackerelredmine/webhook/gate/ip-ranges.json').read_text(encoding='utf-8'))
CODE = textwrap.dedent(re.search(r'ZipFile: \|\n((?: {10}.*\n|\n)+)', TEMPLATE).group(1))
URL = 'https://mackerel.io/meta/ip-ranges.json'
# As the WAF gives it back.
IPV6_IN_FULL = '2406:da14:0f83:2600:0000:0000:0000:0000/56'


class Waf:
    def __init__(self):
        self.sets = {'v4-id': list(SHIPPED['outgoing']), 'v6-id': [IPV6_IN_FULL]}
        self.updates = []

    def get_ip_set(self, Name, Id, Scope):
        return {'IPSet': {'Addresses': self.sets[Id]}, 'LockToken': 'lock of ' + Id}

    def update_ip_set(self, Name, Id, Scope, Addresses, LockToken):
        assert LockToken == 'lock of ' + Id
        assert (Name, Scope) == (Id[:2], 'CLOUDFRONT')
        self.updates.append(Id)
        self.sets[Id] = Addresses


class Answer(io.BytesIO):
    def __init__(self, body, url):
        super().__init__(body)
        self.url = url

    def geturl(self):
        return self.url


class RefreshTest(unittest.TestCase):
    def setUp(self):
        self.waf = Waf()
        self.said = io.StringIO()

    def run_with(self, published, url=URL):
        body = published if isinstance(published, bytes) else json.dumps(published).encode()
        boto3 = types.SimpleNamespace(client=lambda service, region_name: self.waf)
        variables = {'IPV4_SET': 'v4|v4-id|CLOUDFRONT', 'IPV6_SET': 'v6|v6-id|CLOUDFRONT'}
        with (
            mock.patch.dict(sys.modules, boto3=boto3),
            mock.patch.dict(os.environ, variables),
            mock.patch.object(urllib.request, 'urlopen', lambda asked, timeout: Answer(body, url)),
            contextlib.redirect_stdout(self.said),
        ):
            function = {}
            exec(compile(CODE, 'index.py', 'exec'), function)
            function['handler']({}, None)

    def refuses(self, published, **options):
        with self.assertRaises(Exception):
            self.run_with(published, **options)
        self.assertEqual([], self.waf.updates)

    def test_the_list_that_is_there_already_changes_nothing(self):
        self.run_with(SHIPPED)
        self.assertEqual([], self.waf.updates)

    def test_a_new_address_is_put_in_and_told(self):
        self.run_with({**SHIPPED, 'outgoing': SHIPPED['outgoing'] + ['192.0.2.1/32']})
        self.assertEqual(['v4-id'], self.waf.updates)
        self.assertCountEqual(SHIPPED['outgoing'] + ['192.0.2.1/32'], self.waf.sets['v4-id'])
        self.assertIn("New: ['192.0.2.1/32'] gone: []", self.said.getvalue())

    def test_an_address_that_is_no_more_goes(self):
        self.run_with({**SHIPPED, 'outgoing': SHIPPED['outgoing'][1:]})
        self.assertCountEqual(SHIPPED['outgoing'][1:], self.waf.sets['v4-id'])

    def test_ipv6_has_a_set_of_its_own(self):
        self.run_with({**SHIPPED, 'outgoing_ipv6': ['2001:db8::/56']})
        self.assertEqual(['v6-id'], self.waf.updates)
        self.assertEqual(['2001:db8::/56'], self.waf.sets['v6-id'])

    def test_a_list_that_would_shut_mackerel_out_changes_nothing(self):
        for name in ('outgoing', 'outgoing_ipv6'):
            for nothing in ([], None, '', {}):
                self.refuses({**SHIPPED, name: nothing})
        self.refuses({})

    def test_a_list_that_would_let_everybody_in_changes_nothing(self):
        self.refuses({**SHIPPED, 'outgoing': SHIPPED['outgoing'] + ['0.0.0.0/0']})
        self.refuses({**SHIPPED, 'outgoing': ['192.0.0.0/15']})
        self.refuses({**SHIPPED, 'outgoing_ipv6': ['2001::/31']})

    def test_what_is_no_address_changes_nothing(self):
        for text in ('mackerel.io', '192.0.2.1/33', '2001:db8::/56', 1, None, {}):
            self.refuses({**SHIPPED, 'outgoing': SHIPPED['outgoing'] + [text]})
        self.refuses({**SHIPPED, 'outgoing_ipv6': ['192.0.2.1/32']})

    def test_what_is_no_list_of_mackerels_changes_nothing(self):
        self.refuses(b'<html>')
        self.refuses(b'[]')
        self.refuses(b' ' * 70000 + json.dumps(SHIPPED).encode())

    def test_a_list_from_elsewhere_changes_nothing(self):
        self.refuses(SHIPPED, url='http://mackerel.example/list.json')


if __name__ == '__main__':
    unittest.main()

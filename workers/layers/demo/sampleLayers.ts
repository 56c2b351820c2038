/** Layers as teams that build embedded Linux have them, cut down to what an index shows. */
export const sampleLayers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'meta-core': {
    'README.md': '# meta-core\n\nMaintainer: Grace Hopper <grace@example.org>\n',
    'conf/layer.conf': `
BBPATH .= ":\${LAYERDIR}"
BBFILES += "\${LAYERDIR}/recipes-*/*/*.bb"
BBFILE_COLLECTIONS += "core"
BBFILE_PATTERN_core = "^\${LAYERDIR}/"
BBFILE_PRIORITY_core = "5"
LAYERVERSION_core = "16"
LAYERSERIES_COMPAT_core = "whinlatter wrynose"
`,
    'conf/distro/harbour.conf': `
#@NAME: Harbour Linux
#@DESCRIPTION: Small distribution for gateways
DISTRO = "harbour"
DISTRO_NAME = "Harbour Linux"
`,
    'conf/machine/qemux86-64.conf': `
#@TYPE: Machine
#@NAME: QEMU x86-64
#@DESCRIPTION: Machine configuration for running an x86-64 system on QEMU
require conf/machine/include/qemu.inc
`,
    'conf/machine/include/qemu.inc': 'MACHINE_FEATURES = "alsa usbgadget"\n',
    'conf/distro/include/maintainers.inc': `
RECIPE_MAINTAINER:pn-busybox = "Grace Hopper <grace@example.org>"
RECIPE_MAINTAINER:pn-zlib = "Alan Turing <alan@example.org>"
`,
    'classes-recipe/autotools.bbclass': 'do_configure() {\n\t./configure\n}\n',
    'classes/pkgconfig.bbclass': 'DEPENDS:prepend = "pkgconfig-native "\n',
    'recipes-core/busybox/busybox.inc': `
SUMMARY = "Tiny versions of many common UNIX utilities in a single small executable"
DESCRIPTION = "BusyBox combines tiny versions of many common UNIX utilities into a single \\
small executable. It provides minimalist replacements for most of the utilities \\
you usually find in GNU fileutils and shellutils."
HOMEPAGE = "https://www.busybox.net"
LICENSE = "GPL-2.0-only & bzip2-1.0.4"
SECTION = "base"
DEPENDS += "virtual/crypt"
`,
    'recipes-core/busybox/busybox_1.37.0.bb': `
require busybox.inc
SRC_URI = "https://busybox.net/downloads/busybox-\${PV}.tar.bz2;name=tarball \\
           file://0001-depmod-Ignore-.debug-directories.patch \\
           file://defconfig \\
           \${@['', 'file://init.cfg'][d.getVar('VIRTUAL-RUNTIME_init_manager') == 'busybox']} \\
          "
SRC_URI:append:libc-musl = " file://musl.cfg"
inherit autotools pkgconfig

do_install () {
	install -d \${D}\${base_bindir}
}
`,
    'recipes-core/zlib/zlib_1.3.1.bb': `
SUMMARY = "Zlib Compression Library"
HOMEPAGE = "http://zlib.net/"
SECTION = "libs"
LICENSE = "Zlib"
SRC_URI = "https://zlib.net/\${BP}.tar.gz"
inherit pkgconfig
`,
  },
  'meta-networking': {
    'README.md': '# meta-networking\n\nMaintainer: Radia Perlman <radia@example.org>\n',
    'conf/layer.conf': `
BBPATH .= ":\${LAYERDIR}"
BBFILES += "\${LAYERDIR}/recipes-*/*/*.bb \${LAYERDIR}/recipes-*/*/*.bbappend"
BBFILE_COLLECTIONS += "networking-layer"
BBFILE_PRIORITY_networking-layer = "6"
LAYERVERSION_networking-layer = "1"
LAYERDEPENDS_networking-layer = "core (>= 12)"
LAYERSERIES_COMPAT_networking-layer = "whinlatter"
`,
    'recipes-support/dnsmasq/dnsmasq_2.91.bb': `
SUMMARY = "Lightweight, easy to configure DNS forwarder and DHCP server"
HOMEPAGE = "http://www.thekelleys.org.uk/dnsmasq/doc.html"
SECTION = "net"
LICENSE = "GPL-2.0-only | GPL-3.0-only"
SRC_URI = "http://www.thekelleys.org.uk/dnsmasq/\${BP}.tar.gz file://lua.patch"
inherit pkgconfig systemd
RPROVIDES:\${PN} = "dhcp-server"
`,
    'recipes-daemons/mosquitto/mosquitto_2.0.22.bb': `
SUMMARY = "Open source MQTT implementation"
DESCRIPTION = "Mosquitto is an open source MQTT message broker."
HOMEPAGE = "https://mosquitto.org/"
SECTION = "console/network"
LICENSE = "EPL-2.0 | BSD-3-Clause"
DEPENDS = "openssl cjson"
SRC_URI = "https://mosquitto.org/files/source/mosquitto-\${PV}.tar.gz"
inherit systemd cmake useradd
`,
    'recipes-core/busybox/busybox_%.bbappend': 'SRC_URI += "file://ping6.cfg"\n',
  },
  'meta-harbour-bsp': {
    'README.md': '# meta-harbour-bsp\n\nMaintainers: Hedy Lamarr <hedy@example.org>\n',
    'conf/layer.conf': `
BBPATH .= ":\${LAYERDIR}"
BBFILES += "\${LAYERDIR}/recipes-*/*/*.bb"
BBFILE_COLLECTIONS += "harbour-bsp"
BBFILE_PRIORITY_harbour-bsp = "8"
LAYERVERSION_harbour-bsp = "2"
LAYERDEPENDS_harbour-bsp = "core"
LAYERRECOMMENDS_harbour-bsp = "networking-layer"
LAYERSERIES_COMPAT_harbour-bsp = "whinlatter"
`,
    'conf/machine/harbour-gateway.conf': `
#@TYPE: Machine
#@NAME: Harbour Gateway
#@DESCRIPTION: Two-port gateway with a 64-bit ARM processor
KERNEL_IMAGETYPE = "Image"
`,
    'conf/machine/harbour-sensor.conf': `
#@TYPE: Machine
#@NAME: Harbour Sensor
#@DESCRIPTION: Battery-powered sensor board
`,
    'recipes-kernel/linux/linux-harbour_6.12.bb': `
SUMMARY = "Linux kernel for Harbour boards"
SECTION = "kernel"
LICENSE = "GPL-2.0-only"
PV = "6.12+git\${SRCPV}"
PROVIDES = "virtual/kernel"
SRC_URI = "git://git.example.org/linux-harbour.git;protocol=https;branch=linux-6.12.y \\
           file://0001-harbour-add-device-tree.patch"
inherit kernel
`,
  },
};

<#-- A ticket's subject. It becomes one line of at most 255 characters. -->
${alert.status}:<#if where??> ${where}</#if><#if alert.monitor??> ${alert.monitor}</#if><#if labels??> (${labels})</#if>

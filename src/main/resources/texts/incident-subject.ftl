<#-- The subject of an incident's ticket. It becomes one line of at most 255 characters. -->
<#if name??>${name}: </#if>${alerts}<#if names?has_content> (<#list names as one>${one}<#sep>, </#list><#if others gt 0>, +${others}</#if>)</#if>
